public import EventStore
internal import Values

/// Deliveries that are ready to be appended, in one commit.
public struct PreparedDeliveries: Sendable {
  /// What a delivery has of the batch.
  struct Part: Sendable {
    let delivery: Delivery
    /// How many events.
    let count: Int
    /// How many the hook's filter keeps out.
    let filtered: Int
    /// What its sender calls it, where a filter keeps something of it out.
    let id: Text?
  }

  /// What the log tells of a delivery that is not in it, or not again.
  private struct Remark {
    let place: Int
    let type: DeliveryEventType
    var first: Position?
    var id: Text?
  }

  let batch: PreparedBatch
  let parts: [Part]

  /// How many deliveries there are.
  public var count: Int { parts.count }
}

extension PreparedDeliveries {
  /// Appends them; what is told to be appended is durable.
  ///
  /// A delivery that brings nothing new leaves a `delivery.repeated` event, one of which the filter lets
  /// nothing through a `delivery.filtered` event; both are durable too.
  ///
  /// - Returns: What became of each, in the order in which they were added: an outcome, or why the log
  ///   could not take it.
  @available(*, noasync)
  public func append(to log: EventLog) -> [Result<DeliveryOutcome, any Error>] {
    guard !parts.isEmpty else { return [] }
    let appended = Result { batch.count > 0 ? try log.append(batch) : [] }
    guard case .success(let outcomes) = appended else {
      return parts.map { _ in appended.map { _ in DeliveryOutcome() } }
    }
    var results: [Result<DeliveryOutcome, any Error>] = []
    results.reserveCapacity(parts.count)
    var remarks: [Remark] = []
    var next = 0
    for (place, part) in parts.enumerated() {
      let own = outcomes[next..<next + part.count]
      next += part.count
      let outcome = DeliveryOutcome(own, filtered: part.filtered)
      results.append(.success(outcome))
      if let first = own.first {
        guard outcome.appended + outcome.conflicting == 0 else { continue }
        remarks.append(Remark(place: place, type: .repeated, first: first.position))
      } else if part.filtered > 0 {
        remarks.append(Remark(place: place, type: .filtered, id: part.id))
      }
    }
    if !remarks.isEmpty { append(remarks, to: log, &results) }
    return results
  }

  /// Notes what came and is not in the log, or was there already.
  private func append(
    _ remarks: [Remark],
    to log: EventLog,
    _ results: inout [Result<DeliveryOutcome, any Error>]
  ) {
    let drafts = remarks.map { remark in
      let delivery = parts[remark.place].delivery
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
