/// The descriptions that a run knows: a user's own before those that came with the program.
public struct ConnectorCatalog: Sendable {
  /// All descriptions, in the order in which they are asked.
  public let connectors: [ConnectorDescription]

  /// Makes a catalog of a user's own descriptions and those of the program.
  public init(own: [ConnectorDescription] = []) {
    connectors = own + ShippedDescriptions.all
  }

  /// A method, and the description that it stands in.
  public struct Entry: Sendable {
    /// The connector.
    public let connector: ConnectorDescription
    /// The ways of the method, in the order in which they are tried.
    public let ways: [MethodDescription]
  }

  /// The description of a method, nil where there is none.
  ///
  /// - Complexity: O(*n*) in the number of methods.
  public func entry(_ connector: String, _ method: String) -> Entry? {
    let own = connectors.filter { $0.isCalled(connector) }
    for description in own {
      let ways = description.methods(called: method)
      guard !ways.isEmpty else { continue }
      // What any connector can do is done as its own description says of address and token.
      guard description.isOfAll else { return Entry(connector: description, ways: ways) }
      return Entry(connector: own[0], ways: ways.map { $0.telling(own[0].failures.messages) })
    }
    return nil
  }
}
