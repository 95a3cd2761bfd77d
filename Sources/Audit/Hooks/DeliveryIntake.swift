public import EventStore
internal import Flows
internal import Values

/// Appends deliveries that came in over the network, many to a commit.
///
/// For one thread at a time.
public final class DeliveryIntake {
  private let log: EventLog
  private let reader = InboundReader()
  private let json = JSONReader()
  private let secrets: InboundSecrets
  private var builder: BatchBuilder
  /// How many events of the batch each delivery has, in order.
  private var parts: [Part] = []
  /// By what deliveries are tied to how they came.
  private var intakes: [[UInt8]: Intake] = [:]

  /// In so few bytes no event is that has more than the log takes.
  private static let certainlyShort = 8 << 10

  private struct Part {
    let place: Int
    let count: Int
    let filtered: Int
    /// What its sender calls it, where it is one event.
    let id: Text?
  }

  /// What the log tells of a delivery that is not in it, or not again.
  private struct Remark {
    let place: Int
    let type: DeliveryEventType
    var first: Position?
    var id: Text?
  }

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
  /// Appends deliveries; what is told to be appended is durable.
  ///
  /// A delivery that brings nothing new leaves a `delivery.repeated` event, one of which the filter lets
  /// nothing through a `delivery.filtered` event; both are durable too.
  ///
  /// - Returns: What became of each, in their order: an outcome, or `Unreadable`, or why the log could
  ///   not take it.
  /// - Complexity: O(bytes).
  @available(*, noasync)
  public func append(_ deliveries: [Delivery]) -> [Result<DeliveryOutcome, any Error>] {
    // Hooks may have changed, and so may the origin of who names none.
    intakes.removeAll(keepingCapacity: true)
    var results = [Result<DeliveryOutcome, any Error>?](repeating: nil, count: deliveries.count)
    var remarks: [Remark] = []
    var start = 0
    while start < deliveries.count {
      let end = gather(deliveries, from: start, &results)
      commit(&results, &remarks)
      start = end
    }
    if !remarks.isEmpty { append(remarks, on: deliveries, &results) }
    return results.map { $0 ?? .success(DeliveryOutcome()) }
  }

  /// Adds deliveries to the batch while it has room; returns the place of the next.
  private func gather(
    _ deliveries: [Delivery],
    from start: Int,
    _ results: inout [Result<DeliveryOutcome, any Error>?]
  ) -> Int {
    var bytes = 0
    var place = start
    while place < deliveries.count {
      let delivery = deliveries[place]
      let isFull = builder.count > 1000 || bytes + delivery.body.count > 6 << 20
      if isFull, builder.count > 0 { break }
      bytes += delivery.body.count
      do {
        if let part = try add(delivery, place) { parts.append(part) }
      } catch {
        results[place] = .failure(error)
      }
      place += 1
    }
    return place
  }

  private func add(_ delivery: Delivery, _ place: Int) throws -> Part? {
    let format = delivery.hook.hook.format
    let intake = try intake(for: delivery)
    return try delivery.body.withUnsafeBytes { document in
      let events = try read(document, format)
      guard let covered = secrets.covered(document, events) else {
        return try add(events, document, nil, intake, place)
      }
      return try covered.bytes.withUnsafeBytes { document in
        try add(try read(document, format), document, covered.identity, intake, place)
      }
    }
  }

  /// What deliveries of a hook are taken in by that came with a credential; made once a commit.
  private func intake(for delivery: Delivery) throws -> Intake {
    let correlation = Self.correlation(delivery)
    if let known = intakes[correlation] { return known }
    let intake = Intake(
      defaultOrigin: try delivery.hook.hook.origin.map(Origin.normalized)
        ?? StoreSettings(log).defaultOrigin(),
      hook: delivery.hook.hook,
      correlation: correlation
    )
    intakes[correlation] = intake
    return intake
  }

  private func read(
    _ document: UnsafeRawBufferPointer,
    _ format: InboundFormat?
  ) throws -> [InboundEvent] {
    let events: [InboundEvent]
    do throws(JSONReadError) {
      events = try reader.read(document, as: format)
    } catch {
      throw Unreadable(description: "it is not JSON: \(error)")
    }
    let first = document.first { !" \t\r\n".utf8.contains($0) }
    guard first == UInt8(ascii: "{") else {
      throw Unreadable(description: "it is JSON, but no object")
    }
    return events
  }

  private func add(
    _ events: [InboundEvent],
    _ document: UnsafeRawBufferPointer,
    _ identity: [UInt8]?,
    _ intake: Intake,
    _ place: Int
  ) throws -> Part? {
    guard events.count <= EventLog.maximumBatchCount else {
      throw Unreadable(description: "it brings \(events.count) events")
    }
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
    return Part(
      place: place,
      count: builder.count - first,
      filtered: outcome.filtered,
      id: events.first.flatMap { event in
        event.fields.id.flatMap { Text(utf8: event.buffer.bytes[$0]) }
      }
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

// MARK: - Committing

extension DeliveryIntake {
  private func commit(
    _ results: inout [Result<DeliveryOutcome, any Error>?],
    _ remarks: inout [Remark]
  ) {
    defer { parts.removeAll(keepingCapacity: true) }
    let appended = Result { builder.count > 0 ? try log.append(builder.take()) : [] }
    var next = 0
    for part in parts {
      switch appended {
      case .failure(let error): results[part.place] = .failure(error)
      case .success(let outcomes):
        let own = outcomes[next..<next + part.count]
        next += part.count
        let outcome = DeliveryOutcome(own, filtered: part.filtered)
        results[part.place] = .success(outcome)
        if let first = own.first {
          guard outcome.appended + outcome.conflicting == 0 else { continue }
          remarks.append(Remark(place: part.place, type: .repeated, first: first.position))
        } else if part.filtered > 0 {
          remarks.append(Remark(place: part.place, type: .filtered, id: part.id))
        }
      }
    }
  }

  /// Notes what came and is not in the log, or was there already.
  private func append(
    _ remarks: [Remark],
    on deliveries: [Delivery],
    _ results: inout [Result<DeliveryOutcome, any Error>?]
  ) {
    let drafts = remarks.map { remark in
      let delivery = deliveries[remark.place]
      var data: Object = [
        "hook": .text(Text(delivery.hook.hook.name)), "sender": .text(Text(delivery.sender)),
      ]
      if let credential = delivery.credential { data["credential"] = .text(Text(credential)) }
      if let first = remark.first { data["position"] = .number(Double(first.rawValue)) }
      if let id = remark.id { data["delivery"] = .text(id) }
      var draft = remark.type.draft(of: delivery.hook.hook.name, data)
      draft.cause = remark.first.map { .position($0) }
      return draft
    }
    do {
      try log.append(AppendBatch(drafts))
    } catch {
      for remark in remarks { results[remark.place] = .failure(error) }
    }
  }
}

extension DeliveryOutcome {
  fileprivate init(_ outcomes: ArraySlice<AppendOutcome>, filtered: Int) {
    self.filtered = filtered
    for outcome in outcomes {
      switch outcome {
      case .appended(let position):
        appended += 1
        add(position)
      case .duplicate: duplicates += 1
      case .conflicting(let position, _):
        conflicting += 1
        add(position)
      }
    }
  }

  private mutating func add(_ position: Position) {
    let place = position.rawValue
    if let last = positions.last, last.upperBound == place {
      positions[positions.count - 1] = last.lowerBound..<place + 1
    } else {
      positions.append(place..<place + 1)
    }
  }
}

// MARK: - Refusals

extension DeliveryIntake {
  /// Notes in the log what was not taken in, and why; who sent it, and nothing of what it held.
  ///
  /// - Throws: `EventLogError` where it cannot be appended.
  @available(*, noasync)
  public func note(_ refusals: [RefusedDelivery]) throws {
    let drafts = refusals.map { refusal in
      var data: Object = [
        "hook": .text(Text(refusal.hook)), "sender": .text(Text(refusal.sender)),
        "status": .number(Double(refusal.status)), "reason": .text(Text(refusal.reason)),
        "size": .number(Double(refusal.size)),
      ]
      if refusal.unrecorded > 0 { data["unrecorded"] = .number(Double(refusal.unrecorded)) }
      return DeliveryEventType.refused.draft(of: refusal.hook, data)
    }
    try log.append(AppendBatch(drafts))
  }
}
