public import Flows
public import Values

/// Asks the services of a flow's connectors.
public struct LiveConnectors: Sendable {
  let connections: ConnectionFile
  let catalog: ConnectorCatalog
  let surroundings: Surroundings
  let tokens = TokenCache()

  /// Makes connectors.
  public init(
    connections: ConnectionFile,
    catalog: ConnectorCatalog,
    surroundings: Surroundings
  ) {
    self.connections = connections
    self.catalog = catalog
    self.surroundings = surroundings
  }

  /// The way that leads to a service.
  ///
  /// - Parameters:
  ///   - method: The connector's method.
  ///   - id: The id of the card's connection.
  ///   - name: Its name.
  /// - Returns: The description and the connection.
  /// - Throws: `MissingRoute` where there is none.
  public func route(
    to method: ConnectorMethod,
    connection id: Text?,
    named name: Text?
  ) throws(MissingRoute) -> LiveRoute {
    let connector = method.connector.description
    guard let entry = catalog.entry(connector, method.method.description) else {
      throw MissingRoute.method(method)
    }
    let found = connections.connection(
      of: connector,
      id: id?.description,
      named: name?.description
    )
    guard let settings = found else {
      if connections.path.isEmpty { throw MissingRoute.noFile(connector: method.connector) }
      throw MissingRoute.connection(connector: method.connector, name: name ?? id)
    }
    if let missing = settings.missing {
      throw MissingRoute.credential(connection: Text(settings.label), reason: "\(missing)")
    }
    if case .mail? = entry.ways.first?.action, settings.mail == nil {
      throw MissingRoute.server(connection: Text(settings.label), member: "smtp")
    }
    if let address = entry.missingAddress(settings) {
      throw MissingRoute.server(connection: Text(settings.label), member: Text(address))
    }
    return LiveRoute(
      entry: entry,
      settings: settings,
      tokens: tokens,
      surroundings: surroundings,
      flowSecrets: connections.secrets.revealed
    )
  }
}

extension ConnectorCatalog.Entry {
  /// What a connection lacks to reach any host by the methods, nil where it lacks nothing.
  fileprivate func missingAddress(_ settings: ConnectionSettings) -> String? {
    guard case .http(let request)? = ways.first?.action else { return nil }
    let isWhole = request.url.text(Object()) { $0 }.isEmpty
    if settings.url == nil, connector.url == nil, settings.hosts.isEmpty {
      return isWhole ? "hosts" : "url"
    }
    return nil
  }
}
