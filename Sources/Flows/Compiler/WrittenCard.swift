public import Values

/// What is the same in all recorded steps of a card, as it stands in JSON.
public struct WrittenCard: Sendable {
  /// The members with the card's id, its address without version, and the name that authors see.
  public let members: JSONFragment

  init(uuid: Text, address: Text, name: Text) {
    members = JSONFragment(members: [
      "card": JSONFragment(uuid), "address": JSONFragment(address), "name": JSONFragment(name),
    ])
  }
}
