internal import EventStore
internal import Values

/// Compares what was pulled from an org with what its hooks delivered.
///
/// An entry is known by its id: a hook's form of it and that of the API differ.
final class DeliveryComparison {
  /// What is compared.
  struct Scope {
    let origin: [UInt8]
    let filter: Filter?
    /// From which time on everything was pulled.
    let since: Int64
    /// Before which time everything was pulled; nil where the end was not reached.
    let until: Int64?
  }

  private let log: EventLog
  private let scope: Scope
  private let hooks: [RegisteredHook]
  private let json = JSONReader()
  private var comparison = PullComparison()

  init(_ log: EventLog, _ scope: Scope, _ hooks: [RegisteredHook]) {
    self.log = log
    self.scope = scope
    self.hooks = hooks
    comparison.hooks = hooks.map {
      PullComparison.Tally(hook: $0.hook.name, namesTypes: !$0.hook.events.isEmpty)
    }
  }

  private static let deliveryType: [TermPattern] = [
    .exactly(
      Term(
        field: Term.typeField,
        value: Array(InboundEventType.of(.oktaEventHook).utf8)
      )
    )
  ]

  /// Compares what the journal says was not compared yet.
  ///
  /// - Complexity: O(*n* log *m*) in what was pulled and delivered since, *m* the events with an id.
  func run(_ journal: PullJournal) throws -> PullComparison {
    comparison.size = try log.size().count
    comparison.deliveries = journal.deliveries
    comparison.until = scope.until
    try findMissed(journal.uncompared.positions)
    if scope.until != nil { try findAbsent(journal) }
    return comparison
  }
}

// MARK: - Hooks of an org

extension DeliveryComparison {
  /// The hooks that deliver events of an org.
  ///
  /// A hook that names no origin is one of the org's unless all of its own last deliveries were others'.
  ///
  /// - Complexity: O(*n*) in deliveries, where a hook names no origin and delivers seldom.
  static func hooks(of origin: [UInt8], in log: EventLog) throws -> [RegisteredHook] {
    let hooks = try HookRegistry(log).list().filter { $0.hook.format == .oktaEventHook }
    let unnamed = Set(hooks.filter { $0.hook.origin == nil }.map(\.hook.name))
    let others = try deliveringForOthers(unnamed, than: origin, in: log)
    return hooks.filter { hook in
      if let own = hook.hook.origin { return Origin.normalized(own) == origin }
      return !others.contains(hook.hook.name)
    }
  }

  /// So many of a hook's own last deliveries tell for whom it delivers.
  private static let telling = 1000

  /// Those hooks of some that have delivered, and of late for other orgs only.
  private static func deliveringForOthers(
    _ hooks: Set<String>,
    than origin: [UInt8],
    in log: EventLog
  ) throws -> Set<String> {
    guard !hooks.isEmpty else { return [] }
    var open = hooks
    var counts: [String: Int] = [:]
    let all = Position(0)..<Position(.max)
    for position in try log.positions(matching: [deliveryType], in: all).positions.reversed() {
      guard let event = try log.event(at: position), let hook = PulledEvents.hook(of: event),
        open.contains(hook)
      else { continue }
      let isOurs = event.attributes.source == origin
      counts[hook] = isOurs ? nil : counts[hook, default: 0] + 1
      if isOurs || counts[hook] == telling { open.remove(hook) }
      if open.isEmpty { break }
    }
    return Set(counts.keys)
  }
}

// MARK: - What hooks did not deliver

extension DeliveryComparison {
  private struct Expected {
    let hook: Int
    let gap: PullGap
  }

  private func findMissed(_ pulled: [Position]) throws {
    var open: [Expected] = []
    try log.scan(pulled) { lent in
      let data = try lent.data()
      let capacity = data.count + LentEvent.padding
      // What cannot be read cannot be told to be of a type.
      guard let published = lent.timestamp,
        let (wanted, id, type) = try? json.withDocument(data, capacity: capacity, wanted(published))
      else { return true }
      for hook in wanted {
        comparison.hooks[hook].expected += 1
        let name = hooks[hook].hook.name
        open.append(
          Expected(
            hook: hook,
            gap: PullGap(
              kind: .missedByHook,
              hook: name,
              id: id,
              type: type,
              published: published,
              position: lent.position
            )
          )
        )
      }
      return true
    }
    open = try open.filter { expected in
      let same = try log.events(source: scope.origin, id: Array(expected.gap.id.utf8))
      return !same.contains { PulledEvents.hook(of: $0) == expected.gap.hook }
    }
    guard !open.isEmpty else { return }
    // A delivery of what was there with the same bytes is in the log itself, and not what it brought.
    let delivered = try deliveredIDs()
    for expected in open where !(delivered[expected.gap.hook]?.contains(expected.gap.id) ?? false) {
      comparison.hooks[expected.hook].missed += 1
      comparison.add(expected.gap)
    }
  }

  /// The hooks that are to deliver an entry, its id and its type.
  private func wanted(_ published: Int64) -> (JSONElement) -> ([Int], String, String) {
    { [hooks] entry in
      let wanted = hooks.indices.filter { index in
        let hook = hooks[index]
        return !hook.hook.events.isEmpty && published >= hook.since && hook.hook.delivers(entry)
      }
      return (wanted, entry.string("uuid"), entry.string("eventType"))
    }
  }

  private func deliveredIDs() throws -> [String: Set<String>] {
    var ids: [String: Set<String>] = [:]
    try forEachDelivery(from: 0) { delivery, hook, entries in
      for entry in entries { ids[hook, default: []].insert(entry.id) }
      return true
    }
    return ids
  }
}

// MARK: - What hooks delivered and was not pulled

extension DeliveryComparison {
  private func findAbsent(_ journal: PullJournal) throws {
    guard let until = scope.until else { return }
    var young: UInt64?
    try forEachDelivery(from: journal.deliveries) { delivery, hook, entries in
      let position = delivery.position.rawValue
      let wasSeen = position < journal.deliveriesEnd
      for entry in entries {
        guard let published = entry.published, published >= scope.since, entry.passes else {
          continue
        }
        guard published < until else {
          young = min(young ?? position, position)
          continue
        }
        if wasSeen, published < journal.comparedUntil { continue }
        guard let index = hooks.firstIndex(where: { $0.hook.name == hook }) else { continue }
        comparison.hooks[index].delivered += 1
        guard try !wasPulled(entry.id, journal) else { continue }
        comparison.hooks[index].absent += 1
        comparison.add(
          PullGap(
            kind: .absentInLog,
            hook: hook,
            id: entry.id,
            type: entry.type,
            published: published,
            position: delivery.position
          )
        )
      }
      return true
    }
    comparison.deliveries = young ?? comparison.size
  }

  private func wasPulled(_ id: String, _ journal: PullJournal) throws -> Bool {
    try log.events(source: scope.origin, id: Array(id.utf8)).contains { event in
      PulledEvents.isPulled(event) || journal.pulled.contains(event.position)
    }
  }
}

// MARK: - Deliveries

extension DeliveryComparison {
  /// An entry in a delivery.
  private struct Entry {
    let id: String
    let type: String
    let published: Int64?
    /// Whether it passes the filter of what is pulled.
    let passes: Bool
  }

  /// Hands over the deliveries of the org's hooks, while `body` returns true.
  private func forEachDelivery(
    from start: UInt64,
    _ body: (Event, String, [Entry]) throws -> Bool
  ) throws {
    let range = Position(start)..<Position(max(start, comparison.size))
    let found = try log.positions(matching: [Self.deliveryType], in: range).positions
    let names = Set(hooks.map(\.hook.name))
    try log.scan(found) { lent in
      let event = try lent.copy()
      guard let hook = PulledEvents.hook(of: event), names.contains(hook),
        event.attributes.source == scope.origin
      else { return true }
      let found: [Entry]? = try? json.withDocument(event.data) { entries(of: $0) }
      return try body(event, hook, found ?? [])
    }
  }

  private func entries(of delivery: JSONElement) -> [Entry] {
    guard let events = delivery["data"]?["events"], events.kind == .array else { return [] }
    return events.items.map { entry in
      Entry(
        id: entry.string("uuid"),
        type: entry.string("eventType"),
        published: entry["published"]?.text.flatMap { EventTime($0).milliseconds },
        passes: scope.filter?.matches(entry) ?? true
      )
    }
  }
}

extension JSONElement {
  fileprivate func string(_ name: StaticString) -> String {
    text(name).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}
