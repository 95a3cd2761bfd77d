internal import Flows
internal import Values

/// The cards of an old version at which a run of the new one can begin to differ.
///
/// A run that comes to none of them has, step by step, the same card behind the same card with the
/// same inputs; so it does in the new version what it did. Touched are the cards that were edited,
/// rewired, moved, removed or re-created, those before which a card was added or removed (the last
/// one, or the container, where none follows), the callers of helpers that had no card, and the
/// readers of tables that the new version writes differently. Who calls an edited helper is not
/// touched: the steps of the helper belong to the same run.
struct TouchedCards: Sendable {
  /// The ids of the cards, without those of their flows: clones of a card are touched together.
  private(set) var uuids: Set<Text> = []
  private var ids: Set<CardID> = []

  private let alignment: Alignment
  private var old: CardIndex { alignment.old }
  private var new: CardIndex { alignment.new }

  init(_ alignment: Alignment, old: FlowClosure, new: FlowClosure) {
    self.alignment = alignment
    guard old.flow.id == new.flow.id else {
      touch(self.old.runnable)
      return
    }
    touch(self.old.repeated)
    touch(self.new.repeated)
    touchEdited()
    touchNeighbours()
    touchSurroundings(old, new)
    touchCallers()
    touchReaders()
  }

  private mutating func touch(_ cards: some Sequence<CardID>) {
    for card in cards where ids.insert(card).inserted { uuids.insert(card.uuid) }
  }

  /// Whether a run that visited the cards of these ids came to none that is touched.
  func spare(_ visited: Set<Text>) -> Bool { uuids.isDisjoint(with: visited) }
}

// MARK: - What cards say

extension TouchedCards {
  private mutating func touchEdited() {
    touch(
      old.runnable.filter { id in
        guard let match = alignment.match(old: id), match.origin == .uuid, match.new == id,
          let before = old.card(id), let after = new.card(id)
        else { return true }
        return CardForm.exact(before, in: old) { alignment.match(old: $0)?.new }
          != CardForm.exact(after, in: new) { $0 }
      }
    )
  }

  /// Touches what cards depend on besides themselves: the name of their flow, which callees are
  /// told; the flows that a wire may choose from; the columns of tables.
  private mutating func touchSurroundings(_ before: FlowClosure, _ after: FlowClosure) {
    let names = Dictionary(
      after.flows.map { ($0.id, $0.name) },
      uniquingKeysWith: { first, _ in first }
    )
    let renamed = Set(before.flows.filter { names[$0.id] != $0.name }.map(\.id))
    let sameFlows = Set(before.flows.map(\.id)) == Set(names.keys)
    let sameTables = before.tables.map(\.exported) == after.tables.map(\.exported)
    touch(
      old.runnable.filter { id in
        guard let card = old.card(id)?.card else { return false }
        if card.startsFlows, renamed.contains(id.flowID) { return true }
        if !sameFlows, card.namedCallees == nil { return true }
        return !sameTables && card.isTableCard
      }
    )
  }
}

// MARK: - Where cards stand

extension TouchedCards {
  /// Touches the cards before which others come now than came before.
  private mutating func touchNeighbours() {
    let sequences = Dictionary(
      new.sequences.map { ($0.place, $0.cards) },
      uniquingKeysWith: { first, _ in first }
    )
    for sequence in old.sequences {
      let place = sequence.place.renamed { alignment.match(old: $0)?.new }
      touchNeighbours(of: sequence, place.flatMap { sequences[$0] } ?? [])
    }
  }

  private mutating func touchNeighbours(of sequence: CardSequence, _ present: [CardID]) {
    let places = Dictionary(
      present.enumerated().map { ($1, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    var last: CardID?
    var next = 0
    for card in sequence.cards {
      let counterpart = alignment.match(old: card)?.new
      if next >= present.count || present[next] != counterpart { touch([card]) }
      // Of a card that is elsewhere now, what follows need not be looked at: it is touched itself.
      if let place = counterpart.flatMap({ places[$0] }) { next = place + 1 }
      last = card
    }
    if next < present.count, let before = last ?? sequence.place.container { touch([before]) }
  }
}

// MARK: - Calls

extension TouchedCards {
  /// Touches who calls a flow whose body was empty and is not: no step of it tells of the edit.
  private mutating func touchCallers() {
    let filled = Set(alignment.added.map(\.flowID)).subtracting(old.runnable.map(\.flowID))
    touch(callers(of: filled))
  }

  /// The cards that call one of the flows, or any that a wire may choose.
  private func callers(of flows: Set<Text>) -> [CardID] {
    guard !flows.isEmpty else { return [] }
    return old.runnable.filter { id in
      guard let card = old.card(id)?.card else { return false }
      return card.namedCallees?.contains(where: flows.contains) ?? true
    }
  }

  /// The cards whose outputs can differ: what is touched, and who calls it, whoever called that.
  private var disturbed: Set<CardID> {
    var found = ids
    var flows = Set((Array(ids) + alignment.added).map(\.flowID))
    while true {
      let callers = callers(of: flows)
      found.formUnion(callers)
      let reached = flows.union(callers.map(\.flowID))
      if reached == flows { return found }
      flows = reached
    }
  }
}

// MARK: - Tables

extension TouchedCards {
  private mutating func touchReaders() {
    guard !ids.isEmpty || !alignment.added.isEmpty else { return }
    let same = sameWriters
    var written: Set<Text?> = []
    for id in old.runnable where !same.contains(id) { written.formUnion(old.writtenTable(id)) }
    let sameNow = Set(same.compactMap { alignment.match(old: $0)?.new })
    for id in new.runnable where !sameNow.contains(id) { written.formUnion(new.writtenTable(id)) }
    if written.isEmpty { return }
    touch(
      old.runnable.filter { id in
        guard let card = old.card(id)?.card, card.isTableCard, !card.writesTable else {
          return false
        }
        let table = card.tableID
        return table == nil || written.contains(table) || written.contains(nil)
      }
    )
  }

  /// The cards of the flow itself that stand before all that is touched, with what they hold.
  private var sameWriters: Set<CardID> {
    let touched = disturbed.filter { $0.flowID == old.root }.compactMap(old.outermostPlace)
    // What is added comes before what is touched, or behind all of it.
    let first = touched.min() ?? Int.max
    return Set(
      old.runnable.filter { id in
        id.flowID == old.root && (old.outermostPlace(id).map { $0 < first } ?? false)
      }
    )
  }
}

extension CardIndex {
  /// The ids that more than one card has.
  fileprivate var repeated: [CardID] {
    cards.enumerated().compactMap { number, located in
      located.card.isComment || numbers[located.id] == number ? nil : located.id
    }
  }

  /// The place of a card, or of the card that holds it, in the body of its flow.
  fileprivate func outermostPlace(_ id: CardID) -> Int? {
    guard let located = card(id) else { return nil }
    guard let outermost = located.enclosure.first else { return located.place }
    return card(CardID(flowID: id.flowID, uuid: outermost.uuid))?.place
  }

  /// The table that a card writes, if it writes any; nil in it means one that is not known.
  fileprivate func writtenTable(_ id: CardID) -> [Text?] {
    guard let card = card(id)?.card, card.writesTable else { return [] }
    return [card.tableID]
  }
}

extension Card {
  fileprivate var startsFlows: Bool {
    if case .tell = errorPolicy { return true }
    return inputs.contains { $0.field.type == .flow }
  }

  fileprivate var isTableCard: Bool { tableMethod != nil }

  fileprivate var writesTable: Bool { tableMethod.map { EffectClass($0) != .read } ?? false }

  private var tableMethod: ConnectorMethod? {
    guard case .connector(let method) = kind, method.connector == "stash" else { return nil }
    return method
  }

  /// The table that a table card names, nil where it is not a constant.
  fileprivate var tableID: Text? {
    let name = FieldName(group: "parameters", key: "stash")
    guard case .value(.text(let table))? = inputs.first(where: { $0.name == name })?.constant else {
      return nil
    }
    return table
  }
}
