public import Flows
public import Values

/// How the definitions of two versions of a flow differ, card by card; nothing is run.
public struct FlowDifference: Sendable {
  /// A flow or table of which something besides cards differs.
  public struct Part: Hashable, Sendable {
    /// What it is: `flow` or `table`.
    public let kind: Text
    /// Its id.
    public let id: Text
    /// What differs.
    public let fields: [CardDifference.Field]
  }

  /// The cards that differ: those of the new version in order of execution, then the removed ones.
  public let cards: [CardDifference]
  /// The flows and tables that differ in more than their cards.
  public let parts: [Part]
  /// Which card of the new version is which of the old.
  public let alignment: Alignment

  /// Compares two versions.
  ///
  /// - Complexity: As `Alignment.init(old:new:map:)` has it.
  public init(old: FlowClosure, new: FlowClosure, map: [CardMapping] = []) {
    let alignment = Alignment(old: old, new: new, map: map)
    self.alignment = alignment
    cards =
      alignment.new.runnable.compactMap { Self.difference(ofNew: $0, alignment) }
      + alignment.removed.map { Self.difference(ofRemoved: $0, alignment) }
    parts =
      Self.parts("flow", old.flows, new.flows, id: \.id, fields: \.ownFields)
      + Self.parts("table", old.tables, new.tables, id: \.id, fields: \.ownFields)
  }
}

extension FlowDifference {
  /// Whether nothing differs.
  public var isEmpty: Bool { cards.isEmpty && parts.isEmpty }

  /// How many cards there are of each kind of difference.
  public var counts: [CardDifference.Kind: Int] {
    var counts: [CardDifference.Kind: Int] = [:]
    for kind in cards.flatMap(\.kinds) { counts[kind, default: 0] += 1 }
    return counts
  }

  /// The counts as the last JSON line shows them.
  public var summary: Value {
    let counts = self.counts
    var summary = Object(
      CardDifference.Kind.allCases.map { (Text($0.rawValue), Value(count: counts[$0] ?? 0)) }
    )
    summary["unchanged"] = Value(
      count: alignment.matches.count - cards.filter { $0.old != nil && $0.new != nil }.count
    )
    return ["summary": .object(summary)]
  }
}

extension FlowDifference.Part {
  /// The difference as a JSON line shows it.
  public var value: Value {
    .object([kind: .text(id), "fields": .list(fields.map(\.value))])
  }
}

// MARK: - Cards

extension FlowDifference {
  private static func difference(
    ofNew id: CardID,
    _ alignment: Alignment
  ) -> CardDifference? {
    guard let after = alignment.new.card(id) else { return nil }
    guard let match = alignment.match(new: id), let before = alignment.old.card(match.old) else {
      return CardDifference(nil, after, [.added])
    }
    let fields = CardDifference.Field.differences(
      from: CardForm.fields(of: before.card),
      to: CardForm.fields(of: after.card)
    )
    let oldWires = CardWires(before, in: alignment.old) { alignment.match(old: $0)?.new }
    let newWires = CardWires(after, in: alignment.new) { $0 }
    // A wire that passes through a capture or an Assign now comes from the same card as before.
    let wires = match.isRewired ? CardWires.differences(from: oldWires, to: newWires) : []
    var kinds: [CardDifference.Kind] = []
    if match.old != match.new { kinds.append(.recreated) }
    if !fields.isEmpty { kinds.append(.edited) }
    if !wires.isEmpty { kinds.append(.rewired) }
    if match.isMoved { kinds.append(.reordered) }
    if kinds.isEmpty { return nil }
    return CardDifference(before, after, kinds, fields: fields, wires: wires)
  }

  private static func difference(ofRemoved id: CardID, _ alignment: Alignment) -> CardDifference {
    guard let before = alignment.old.card(id) else {
      return CardDifference(
        old: id,
        new: nil,
        name: .empty,
        address: .empty,
        kinds: [.removed],
        fields: [],
        wires: []
      )
    }
    return CardDifference(before, nil, [.removed])
  }
}

extension CardDifference {
  fileprivate init(
    _ before: LocatedCard?,
    _ after: LocatedCard?,
    _ kinds: [Kind],
    fields: [Field] = [],
    wires: [Field] = []
  ) {
    let card = (after ?? before)?.card
    self.init(
      old: before?.id,
      new: after?.id,
      name: card?.name ?? .empty,
      address: card.map { Text("\($0.kind)") } ?? .empty,
      kinds: kinds,
      fields: fields,
      wires: wires
    )
  }
}

// MARK: - Flows and tables

extension FlowDifference {
  private static func parts<Definition>(
    _ kind: Text,
    _ old: [Definition],
    _ new: [Definition],
    id: (Definition) -> Text,
    fields: (Definition) -> Object
  ) -> [Part] {
    let before = Dictionary(old.map { (id($0), $0) }, uniquingKeysWith: { first, _ in first })
    return new.compactMap { after in
      guard let old = before[id(after)] else { return nil }
      let found = CardDifference.Field.differences(from: fields(old), to: fields(after))
      return found.isEmpty ? nil : Part(kind: kind, id: id(after), fields: found)
    }
  }
}

extension Flow {
  fileprivate var ownFields: Object {
    var fields: Object = [
      "name": .text(name), "trigger": .text(Text(trigger.name)), "saves data": .boolean(savesData),
      "security": securityLevel.map { .text($0) } ?? .null,
    ]
    if case .scheduled(let cron) = trigger { fields["schedule"] = .text(Text("\(cron)")) }
    return fields
  }
}

extension TableDefinition {
  fileprivate var ownFields: Object {
    [
      "name": .text(name),
      "columns": .list(columns.map { [.text($0.name), .text($0.type), $0.defaultValue] }),
    ]
  }
}
