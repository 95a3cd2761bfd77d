internal import Audit
internal import EventStore
internal import Flows
internal import Foundation
internal import Values

/// A flow version that somebody named: one of the log, or one of an export that is not added.
struct NamedFlow {
  let closure: FlowClosure
  /// The closure's hash.
  let hash: Text
  /// What to call it: `name@2`, or the name and the file.
  let label: String

  /// The flow's id.
  var id: Text { closure.flow.id }

  /// Tells where another version is one of another flow: few of its cards can be the same.
  func tellWhereUnrelated(to other: NamedFlow) {
    guard id != other.id, closure.flow.name != other.closure.flow.name else { return }
    Output.message(
      "\(label) and \(other.label) are versions of different flows; compared all the same."
    )
  }
}

/// Finds flow versions by what people call them: a name, `name@version`, an id, the digits of a hash,
/// or a file.
struct NamedFlows {
  private let registry: FlowRegistry?
  private let secrets: ConnectionPlace

  /// Finds versions in a log, where there is one, and in files whose secrets are told by what a file of
  /// connections calls them.
  init(_ log: EventLog?, secrets: ConnectionPlace = ConnectionPlace(nil)) {
    self.secrets = secrets
    registry = log.map(FlowRegistry.init)
  }

  /// The version that a name means.
  ///
  /// - Parameters:
  ///   - name: What somebody called it.
  ///   - flow: The id of the flow to take where a file holds several.
  /// - Returns: The version with all it calls.
  /// - Throws: `Failure`, `FlowLoadError` or `FlowRegistryError` where there is none, or many.
  func version(_ name: String, of flow: Text? = nil) throws -> NamedFlow {
    if Self.isExport(name) { return try version(inFile: name, of: flow) }
    let registry = try known()
    let registered = try registry.resolve(name)
    return NamedFlow(
      closure: try registry.closure(of: registered),
      hash: registered.hash,
      label: registered.label.description
    )
  }

  /// Limits a query to what a name means: every version of a flow, or one.
  ///
  /// - Throws: `FlowRegistryError` where the log has no such flow, or several.
  func limit(_ query: inout HistoryQuery, to name: String) throws {
    let registered = try known().resolve(name)
    query.flow = registered.flow
    let text = Text(name)
    if text == registered.name { query.flowName = text }
    if text != registered.name, text != registered.flow { query.version = registered.version }
  }

  private func known() throws -> FlowRegistry {
    guard let registry else { throw Failure("there is no store that has flows") }
    return registry
  }

  /// Whether a name is that of an export's file.
  static func isExport(_ name: String) -> Bool {
    [".flopack", ".folder", ".flow"].contains(where: name.hasSuffix)
      && FileManager.default.fileExists(atPath: name)
  }

  private func version(inFile file: String, of flow: Text?) throws -> NamedFlow {
    let pack = try SecretFile(secrets).pack(of: SecretFile.export(file))
    let wanted = flow.flatMap(pack.flow) ?? (pack.flows.count == 1 ? pack.flows.first : nil)
    guard let wanted, let closure = pack.closure(of: wanted.id) else {
      let names = pack.flows.map { "\"\($0.name)\"" }.joined(separator: ", ")
      throw Failure(
        "\(file) holds several flows: \(names). Add it with `auditcli flow add`, then name one."
      )
    }
    return NamedFlow(
      closure: closure,
      hash: FlowVersion(closure).hash,
      label: "\(wanted.name) (\(file))"
    )
  }
}
