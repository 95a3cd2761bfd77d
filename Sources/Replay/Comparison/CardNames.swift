internal import Flows
internal import Values

/// The names of the cards of two versions, by the ids that stand in the paths of steps.
struct CardNames: Sendable {
  private var names: [Text: Text] = [:]

  init(_ alignment: Alignment) {
    var unclear: Set<Text> = []
    for index in [alignment.new, alignment.old] {
      var own: [Text: Text] = [:]
      for located in index.cards where !located.card.isComment {
        let (id, name) = (located.id.uuid, located.card.name)
        if let other = own.updateValue(name, forKey: id), other != name { unclear.insert(id) }
      }
      // Where versions differ, the new name counts.
      names.merge(own) { first, _ in first }
    }
    for id in unclear { names[id] = nil }
  }

  /// The name of the card at the end of a step's path; empty where there is none that is clear.
  func name(ofStep path: Text) -> Text {
    let last = path.split(separator: "/").last ?? path
    // A call site ends with the number of its item.
    let id = last.split(separator: "[").first ?? last
    return names[id] ?? .empty
  }
}
