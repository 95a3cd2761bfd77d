public import Flows
public import Values

/// Which card of a new flow version is which card of an old one.
///
/// Cards with one id are one card, in whatever body they stand. Of the rest, those are one card that
/// have the same address and inputs from the same cards, as far as their order agrees. A mapping that
/// somebody gives comes before both. A flow that the new version lacks is the one that has all its
/// cards now: it was imported again.
public struct Alignment: Sendable {
  /// The pairs, in the order in which the cards of the new version run.
  public let matches: [CardMatch]
  /// The cards that only the old version has, in its order.
  public let removed: [CardID]
  /// The cards that only the new version has, in its order.
  public let added: [CardID]
  /// The mappings that named no card, or one that was taken.
  public let unusedMappings: [CardMapping]

  let old: CardIndex
  let new: CardIndex
  /// Where the cards of the old version stand among those they run with.
  let oldSequences: SequenceIndex
  private let places: [CardID: Int]
  private let placesByNew: [CardID: Int]
  /// The new ids of the old cards, flows and bodies inside cards whose own id changed.
  private let renamed: [Text: Text]
  /// The new ids of the flows that were imported again.
  private let importedAgain: [Text: Text]

  /// Aligns two versions.
  ///
  /// - Complexity: O(*n* · *m*) in the numbers of cards that ids do not pair.
  public init(old: FlowClosure, new: FlowClosure, map: [CardMapping] = []) {
    self.init(old: CardIndex(old), new: CardIndex(new), map: map)
  }

  private init(old: CardIndex, new: CardIndex, map: [CardMapping]) {
    var search = AlignmentSearch(old: old, new: new)
    unusedMappings = search.take(map)
    search.pairById()
    search.pairByStructure()
    matches = search.matches()
    removed = old.runnable.filter { search.newID[$0] == nil }
    added = new.runnable.filter { search.oldID[$0] == nil }
    self.old = old
    self.new = new
    oldSequences = SequenceIndex(old)
    places = Dictionary(
      matches.enumerated().map { ($1.old, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    placesByNew = Dictionary(
      matches.enumerated().map { ($1.new, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    importedAgain = Self.importedAgain(matches, old: old.flowIDs, new: new.flowIDs)
    renamed = Dictionary(
      matches.filter { $0.old.uuid != $0.new.uuid }.map { ($0.old.uuid, $0.new.uuid) }
        + importedAgain.map { ($0, $1) } + Self.renamedBodies(matches, old, new),
      uniquingKeysWith: { first, _ in first }
    )
  }
}

extension Alignment {
  /// The new id of each flow of which the new version has all paired cards in one flow that the old
  /// version lacks.
  private static func importedAgain(
    _ matches: [CardMatch],
    old: Set<Text>,
    new: Set<Text>
  ) -> [Text: Text] {
    var homes: [Text: Set<Text>] = [:]
    for match in matches where !new.contains(match.old.flowID) {
      homes[match.old.flowID, default: []].insert(match.new.flowID)
    }
    return homes.compactMapValues { flows in
      guard flows.count == 1, let flow = flows.first, !old.contains(flow) else { return nil }
      return flow
    }
  }

  /// The ids of the bodies inside paired cards, where they differ.
  private static func renamedBodies(
    _ matches: [CardMatch],
    _ old: CardIndex,
    _ new: CardIndex
  ) -> [(Text, Text)] {
    matches.flatMap { match -> [(Text, Text)] in
      let before = old.card(match.old)?.card.inlineBodies ?? []
      let after = new.card(match.new)?.card.inlineBodies ?? []
      return before.compactMap { arm, body in
        guard let other = after.first(where: { $0.arm == arm })?.body, other.id != body.id else {
          return nil
        }
        return (body.id, other.id)
      }
    }
  }

  /// The id under which a flow was imported again, nil where it was not.
  func newID(ofFlow id: Text) -> Text? { importedAgain[id] }

  /// The pair of a card of the old version.
  public func match(old id: CardID) -> CardMatch? { places[id].map { matches[$0] } }

  /// The pair of a card of the new version.
  public func match(new id: CardID) -> CardMatch? { placesByNew[id].map { matches[$0] } }

  /// The name of a card of either version; where they differ, the new one.
  public func name(of id: CardID) -> Text? { (new.card(id) ?? old.card(id))?.card.name }

  /// The alignment as JSON shows it: pairs that are not the same card under the same id, and the
  /// cards that only one version has.
  public var value: Value {
    let pairs = matches.filter { $0.old != $0.new || $0.isEdited || $0.isRewired || $0.isMoved }
    return [
      "pairs": .list(pairs.map(value)),
      "removed": .list(removed.map(value)),
      "added": .list(added.map(value)),
    ]
  }

  private func value(of match: CardMatch) -> Value {
    [
      "old": .text(match.old.text), "new": .text(match.new.text),
      "name": .text(name(of: match.new) ?? .empty), "by": .text(Text(match.origin.rawValue)),
      "edited": .boolean(match.isEdited), "rewired": .boolean(match.isRewired),
      "moved": .boolean(match.isMoved),
    ]
  }

  private func value(of id: CardID) -> Value {
    ["card": .text(id.text), "name": .text(name(of: id) ?? .empty)]
  }

  /// A value of the old version as the new one would have it: ids of cards that were re-created, of
  /// flows that were imported again, and of bodies inside cards are the new ones.
  func translated(_ value: Value) -> Value {
    if renamed.isEmpty { return value }
    switch value {
    case .text(let text): return renamed[text].map { .text($0) } ?? value
    case .list(let items): return .list(items.map(translated))
    case .object(let object): return .object(translated(object))
    case .null, .boolean, .number, .date, .file, .unknown: return value
    }
  }

  /// The object with the ids of re-created cards and flows replaced in its values.
  func translated(_ object: Object) -> Object {
    if renamed.isEmpty { return object }
    return Object(object.lazy.map { ($0.key, translated($0.value)) })
  }
}
