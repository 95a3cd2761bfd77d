public import Values

/// The flows, tables and connections of one export.
///
/// An export is a `.flopack`, `.folder` or `.flow` file; what it holds is read from its content,
/// never from its name. Flows are checked when they load: every wire, flow, table and connection
/// that a card names exists, and the cards of every body have one order.
public struct FlowPack: Sendable {
  /// Where the export came from, for messages: a file's name.
  public let source: String
  /// The top-level flows in file order.
  public let flows: [Flow]
  /// The tables whose structure the export carries, in file order.
  public let tables: [TableDefinition]
  /// The named connections; exports never carry their secrets.
  public let connections: [Connection]
  /// The folders.
  public let groups: [FlowGroup]
  /// The secrets that constants refer to.
  public let secrets: [SecretReference]

  init(
    source: String,
    flows: [Flow],
    tables: [TableDefinition],
    connections: [Connection],
    groups: [FlowGroup],
    secrets: [SecretReference] = []
  ) {
    self.source = source
    self.flows = flows
    self.tables = tables
    self.connections = connections
    self.groups = groups
    self.secrets = secrets
  }

  /// The flow with an id, nil where the export has none.
  ///
  /// - Complexity: O(*n*) in the number of flows.
  public func flow(id: Text) -> Flow? {
    flows.first { $0.id == id }
  }
}
