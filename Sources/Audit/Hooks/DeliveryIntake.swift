public import EventStore
internal import Flows
internal import Values

/// Prepares deliveries that came in over the network, many to a commit: they are read, covered, hashed
/// and compressed here, and appended by ``PreparedDeliveries``.
///
/// For one thread at a time.
public final class DeliveryIntake {
  private let log: EventLog
  private let reader = DeliveryReader()
  private let json = JSONReader()
  private let secrets: InboundSecrets
  private var builder: BatchBuilder
  /// What each delivery has of the batch, in order.
  private var parts: [PreparedDeliveries.Part] = []
  private var bytes = 0
  private var intakes: [Kind: Intake] = [:]

  /// What is the same of all deliveries that one `Intake` serves.
  private struct Kind: Hashable {
    /// Where the log tells of the hook as it is: what it was before is another.
    let hook: Position
    let credential: String?
    /// Whether all their events say who they speak for.
    let namesOrigins: Bool
  }

  /// In so few bytes no event is that has more than the log takes.
  private static let certainlyShort = 8 << 10
  /// A commit takes so many events and bytes.
  private static let (fullCount, fullBytes) = (1000, 6 << 20)

  /// A delivery is nothing that the log could take, and its sender should not send it again.
  public struct Unreadable: Error, Hashable, CustomStringConvertible {
    /// What is wrong with it.
    public let description: String
  }

  /// Makes an intake of a log.
  ///
  /// - Throws: `EventLogError` where there is no memory.
  public init(_ log: EventLog) throws {
    self.log = log
    secrets = InboundSecrets(log)
    builder = try log.batchBuilder()
  }

  /// What ties an event to the hook and the credential that it came in by.
  static func correlation(_ delivery: Delivery) -> [UInt8] {
    Array("hook-\(delivery.hook.hook.name)".utf8)
      + (delivery.credential.map { Array("#\($0)".utf8) } ?? [])
  }
}

extension DeliveryIntake {
  /// How many deliveries were added since the last were taken.
  public var count: Int { parts.count }

  /// Whether as much was added as one commit should take.
  public var isFull: Bool { builder.count >= Self.fullCount || bytes >= Self.fullBytes }

  /// Adds a delivery.
  ///
  /// - Throws: `Unreadable`, or why the log could not take it; nothing of it is added then.
  /// - Complexity: O(bytes).
  public func add(_ delivery: Delivery) throws { try add(try reader.read(delivery)) }

  /// Adds a delivery that was read.
  ///
  /// - Throws: `Unreadable`, or why the log could not take it; nothing of it is added then.
  /// - Complexity: O(bytes).
  public func add(_ read: DeliveryReader.Read) throws {
    let delivery = read.delivery
    let part = try delivery.body.withUnsafeBytes { document in
      guard let covered = secrets.covered(document, read.events) else {
        return try add(read.events, document, nil, delivery)
      }
      return try covered.bytes.withUnsafeBytes { document in
        let events = try reader.events(in: document, delivery.hook.hook.format)
        return try add(events, document, covered.identity, delivery)
      }
    }
    parts.append(part)
    bytes += delivery.body.count
  }

  /// What was added, ready to be appended; the intake begins anew.
  public func take() -> PreparedDeliveries {
    defer {
      parts = []
      bytes = 0
      // Hooks may have changed, and so may the origin of who names none.
      intakes.removeAll(keepingCapacity: true)
    }
    return PreparedDeliveries(batch: builder.take(), parts: parts)
  }

  /// What deliveries of a kind are taken in by; made once a commit.
  private func intake(for delivery: Delivery, _ events: [InboundEvent]) throws -> Intake {
    let kind = Kind(
      hook: delivery.hook.position,
      credential: delivery.credential,
      namesOrigins: events.allSatisfy { $0.fields.origin != nil }
    )
    if let known = intakes[kind] { return known }
    var origin = delivery.hook.hook.origin.map(Origin.normalized)
    // The log is asked only where it matters.
    if origin == nil, !kind.namesOrigins { origin = try StoreSettings(log).defaultOrigin() }
    let intake = Intake(
      defaultOrigin: origin,
      hook: delivery.hook.hook,
      correlation: Self.correlation(delivery)
    )
    intakes[kind] = intake
    return intake
  }

  private func add(
    _ events: [InboundEvent],
    _ document: UnsafeRawBufferPointer,
    _ identity: [UInt8]?,
    _ delivery: Delivery
  ) throws -> PreparedDeliveries.Part {
    let intake = try intake(for: delivery, events)
    // Asked of all before the first is added, so that none is kept where one cannot be.
    if document.count > Self.certainlyShort { try check(events, document, identity, intake) }
    let first = builder.count
    let outcome = try intake.forEachDraft(
      of: events,
      in: document,
      from: first,
      identity: identity,
      json
    ) { try builder.add($0) }
    return PreparedDeliveries.Part(
      delivery: delivery,
      count: builder.count - first,
      filtered: outcome.filtered,
      id: outcome.filtered > 0 ? events.first?.id.flatMap { Text(utf8: $0) } : nil
    )
  }

  private func check(
    _ events: [InboundEvent],
    _ document: UnsafeRawBufferPointer,
    _ identity: [UInt8]?,
    _ intake: Intake
  ) throws {
    do {
      _ = try intake.forEachDraft(of: events, in: document, identity: identity, json) {
        try EventLog.check($0)
      }
    } catch EventLogError.invalid(_, let part) {
      throw Unreadable(description: "it has a \(part) of a length that cannot be stored")
    }
  }
}

extension DeliveryIntake {
  /// Prepares and appends deliveries; what is told to be appended is durable.
  ///
  /// - Returns: What became of each, in their order: an outcome, or `Unreadable`, or why the log could
  ///   not take it.
  /// - Complexity: O(bytes).
  @available(*, noasync)
  public func append(_ deliveries: [Delivery]) -> [Result<DeliveryOutcome, any Error>] {
    var results: [Result<DeliveryOutcome, any Error>] = []
    var added: [Int] = []
    func commit() {
      for (place, result) in zip(added, take().append(to: log)) { results[place] = result }
      added = []
    }
    for delivery in deliveries {
      if isFull { commit() }
      do {
        try add(delivery)
        added.append(results.count)
        results.append(.success(DeliveryOutcome()))
      } catch {
        results.append(.failure(error))
      }
    }
    commit()
    return results
  }
}
