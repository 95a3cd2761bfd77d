public import Flows
public import Values

/// Answers a local run: by script where an entry matches; else tables and searches of the System Log
/// from the log, and the reply to the caller of an API endpoint by itself; else as it is told.
public struct LocalDriver: Driver {
  /// What becomes of a request that neither a script nor the log answers.
  public enum Otherwise: Sendable {
    /// The run ends with `DriverError.unanswered`.
    case fail
    /// It is answered by what its card declares.
    case typed(TypedAnswers)
  }

  /// Answers *Search System Logs* from the log as it was when the run began.
  public typealias Search = @Sendable (ConnectorRequest) throws -> EffectReply

  private let script: ScriptedAnswers?
  private let otherwise: Otherwise
  private let ambient: AmbientSources
  /// What answers searches of the System Log; nil where scripts and made-up answers do.
  public var search: Search?
  private let names: FlowNames
  private var tables: TableDriver
  private var waited: Double = 0
  /// The zones that were asked for and do not exist.
  public private(set) var unknownZones: Set<Text> = []
  /// The script's answer to the request whose reach was asked last.
  private var scripted: Answer?

  /// Makes a driver for one run of the program of a closure.
  public init(
    _ program: Program,
    closure: FlowClosure,
    script: ScriptedAnswers? = nil,
    otherwise: Otherwise = .fail,
    ambient: AmbientSources,
    tables: TableSource = .empty,
    search: Search? = nil
  ) {
    self.script = script
    self.otherwise = otherwise
    self.ambient = ambient
    self.search = search
    names = FlowNames(program, closure)
    self.tables = TableDriver(closure.tables, source: tables)
  }

  /// How far a request goes; see `Driver`.
  ///
  /// None leaves, so a run that is cut off has changed nothing outside.
  public mutating func reach(of request: EffectRequest) throws -> EffectReach {
    scripted = nil
    guard let connector = request.connectorRequest else { return .inside }
    let connection = names.connection(of: connector)
    if let answer = script?.answer(to: connector, connection: connection) {
      scripted = answer
      return .standIn
    }
    if isInside(connector) { return .inside }
    // The caller of an endpoint is who runs the flow.
    if connector.method == .close { return .standIn }
    if case .typed = otherwise { return .standIn }
    throw unanswered(connector, at: request.path)
  }

  /// The answer to a request; see `Driver`.
  public mutating func answer(_ request: EffectRequest) throws -> EffectReply {
    switch request.ask {
    case .ambient(let asked):
      let answer = ambient.answer(asked, waited: &waited)
      if case .zone(let name, _) = asked, ZoneAnswer(answer)?.isKnown == false,
        !request.holdsSecrets
      {
        unknownZones.insert(name)
      }
      return EffectReply(.value(answer))
    case .connector(let asked):
      if let scripted { return EffectReply(scripted) }
      if asked.method.connector == "stash" {
        return try tables.answer(asked, at: now())
      }
      if asked.method == .close {
        return EffectReply(.outputs(ConnectorAnswer(outputs: Object())))
      }
      if let search, asked.method == Self.systemLogSearch { return try search(asked) }
      guard case .typed(let typed) = otherwise else {
        throw unanswered(asked, at: request.path)
      }
      return EffectReply(typed.answer(to: request))
    }
  }

  /// Reads tables anew; see `Driver`.
  public mutating func refresh() { tables.refresh() }

  /// The method of *Search System Logs*.
  public static let systemLogSearch = ConnectorMethod(
    connector: "okta",
    method: "searchSystemLogs"
  )

  private func isInside(_ request: ConnectorRequest) -> Bool {
    request.method.connector == "stash"
      || (search != nil && request.method == Self.systemLogSearch)
  }

  private mutating func now() -> Instant {
    guard case .date(let now) = ambient.answer(.now, waited: &waited) else {
      return ambient.now()
    }
    return now
  }

  private func unanswered(_ request: ConnectorRequest, at path: Text) -> DriverError {
    .unanswered(
      UnansweredRequest(
        path: path,
        card: names.card(at: path),
        method: request.method,
        connection: names.connection(of: request) ?? request.connection,
        inputs: request.named,
        outputs: request.outputs.map(\.name.text)
      )
    )
  }
}

extension ConnectorRequest {
  /// Options and inputs by the names under which histories show them.
  var named: Object {
    var named = Object()
    for (key, value) in options { named[FieldName(group: "parameters", key: key).text] = value }
    for (name, value) in inputs { named[name] = value }
    return named
  }
}
