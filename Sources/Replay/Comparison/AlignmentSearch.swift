internal import Flows
internal import Values

/// Finds the pairs of an alignment.
struct AlignmentSearch {
  let old: CardIndex
  let new: CardIndex
  private(set) var newID: [CardID: CardID] = [:]
  private(set) var oldID: [CardID: CardID] = [:]
  private var origins: [CardID: CardMatch.Origin] = [:]

  init(old: CardIndex, new: CardIndex) {
    self.old = old
    self.new = new
  }

  private mutating func pair(_ before: CardID, _ after: CardID, _ origin: CardMatch.Origin) {
    newID[before] = after
    oldID[after] = before
    origins[after] = origin
  }

  private var unpairedOld: [CardID] { old.runnable.filter { newID[$0] == nil } }
  private var unpairedNew: [CardID] { new.runnable.filter { oldID[$0] == nil } }

  /// Takes the pairs that somebody gives.
  ///
  /// - Returns: Those that name no card, or one that is taken.
  mutating func take(_ map: [CardMapping]) -> [CardMapping] {
    map.filter { mapping in
      guard let before = unpairedOld.first(where: mapping.old.matches),
        let after = unpairedNew.first(where: mapping.new.matches)
      else { return true }
      pair(before, after, .given)
      return false
    }
  }

  /// Pairs cards of one id: those of one flow first, then those that moved to another flow.
  mutating func pairById() {
    for id in unpairedOld where new.card(id)?.card.isComment == false && oldID[id] == nil {
      pair(id, id, .uuid)
    }
    var places: [Text: [CardID]] = [:]
    for id in unpairedNew.reversed() { places[id.uuid, default: []].append(id) }
    for before in unpairedOld {
      guard let after = places[before.uuid]?.popLast() else { continue }
      pair(before, after, .uuid)
    }
  }

  /// Pairs the rest by what the cards are and where their inputs come from.
  mutating func pairByStructure() {
    let (befores, afters) = (unpairedOld, unpairedNew)
    if befores.isEmpty || afters.isEmpty { return }
    let tokens = self.tokens
    let pairs = LongestCommonSubsequence.pairs(
      befores.map { old.numbers[$0].map { tokens.old.fingerprints[$0] } ?? .empty },
      afters.map { new.numbers[$0].map { tokens.new.fingerprints[$0] } ?? .empty }
    )
    for (before, after) in pairs { pair(befores[before], afters[after], .structure) }
  }

  private var tokens: (old: CardTokens, new: CardTokens) {
    (
      CardTokens(old) { id in newID[id]?.text },
      CardTokens(new) { id in
        oldID[id] == nil ? nil : id.text
      }
    )
  }

  /// The pairs with what differs between their cards.
  func matches() -> [CardMatch] {
    let tokens = self.tokens
    let moved = movedCards
    return new.runnable.compactMap { after in
      guard let before = oldID[after], let origin = origins[after],
        let oldNumber = old.numbers[before], let newNumber = new.numbers[after]
      else { return nil }
      let (first, second) = (old.cards[oldNumber], new.cards[newNumber])
      return CardMatch(
        old: before,
        new: after,
        origin: origin,
        isEdited: CardForm.value(of: first.card) != CardForm.value(of: second.card),
        isRewired: tokens.old.wirings[oldNumber] != tokens.new.wirings[newNumber],
        isMoved: moved.contains(after)
      )
    }
  }

  /// The cards of the new version that stand in another body or arm, or in another order than
  /// before.
  private var movedCards: Set<CardID> {
    var places: [CardID: (sequence: CardSequence.Place?, index: Int)] = [:]
    for sequence in old.sequences {
      let place = renamed(sequence.place)
      for (index, card) in sequence.cards.enumerated() where places[card] == nil {
        places[card] = (place, index)
      }
    }
    var moved: Set<CardID> = []
    for sequence in new.sequences {
      var stayed: [(id: CardID, index: Int)] = []
      for card in sequence.cards {
        guard let place = oldID[card].flatMap({ places[$0] }) else { continue }
        if place.sequence == sequence.place {
          stayed.append((card, place.index))
        } else {
          moved.insert(card)
        }
      }
      let kept = Set(LongestIncreasingSubsequence.places(in: stayed.map(\.index)))
      for (place, card) in stayed.enumerated() where !kept.contains(place) { moved.insert(card.id) }
    }
    return moved
  }

  /// What the new version calls a place; a flow that it lacks is the one that has its cards now.
  private func renamed(_ place: CardSequence.Place) -> CardSequence.Place? {
    guard case .flow(let flow) = place, !new.flowIDs.contains(flow) else {
      return place.renamed { newID[$0] }
    }
    let cards = old.runnable.filter { $0.flowID == flow }
    return cards.lazy.compactMap { newID[$0] }.first.map { .flow($0.flowID) }
  }
}
