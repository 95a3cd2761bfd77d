public import Values

/// What is the same in all recorded steps of a card, as it stands in JSON.
public struct WrittenCard: Sendable {
  /// The card's id.
  public let uuid: JSONFragment
  /// The address without its version.
  public let address: JSONFragment
  /// The name that authors see.
  public let name: JSONFragment

  init(uuid: Text, address: Text, name: Text) {
    self.uuid = JSONFragment(uuid)
    self.address = JSONFragment(address)
    self.name = JSONFragment(name)
  }
}
