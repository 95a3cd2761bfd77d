import TestSupport
import Values

/// What a step of a recorded execution asked of a connector.
struct AskedOfConnector {
  let step: Text
  let connector: Text
  let method: Text
  let options: Object
  let inputs: Object

  init?(_ line: Object) {
    guard case .object(let effect)? = line["effect"], case .text(let step)? = line["step"],
      case .text(let connector)? = effect["connector"], case .text(let method)? = effect["method"]
    else { return nil }
    (self.step, self.connector, self.method) = (step, connector, method)
    options = if case .object(let options)? = effect["options"] { options } else { Object() }
    inputs = if case .object(let inputs)? = effect["inputs"] { inputs } else { Object() }
  }

  /// `slack:sendDirectMessage2`.
  var name: String { "\(connector):\(method)" }
}

extension ProgramStore {
  /// The lines of the history, the first execution first.
  func history() throws -> [Object] {
    try must("history", "--json").objects().filter { $0.has("execution") }.reversed()
  }

  /// What all steps of an execution's tree asked of connectors, in order.
  func effects(of execution: Object) throws -> [AskedOfConnector] {
    try must("show", execution.string("execution"), "--tree", "--json").objects()
      .compactMap { AskedOfConnector($0) }
  }

  /// What the only execution of the store asked of connectors.
  func effectsOfOnlyExecution() throws -> [AskedOfConnector] {
    let history = try history()
    guard history.count == 1 else { throw NotOneExecution(count: history.count) }
    return try effects(of: history[0])
  }

  struct NotOneExecution: Error {
    let count: Int
  }

  /// Ingests with `--start`, and returns the lines about the executions that were started.
  func start(_ arguments: [String]) throws -> [Object] {
    try must(["--json", "ingest", "--start"] + arguments).objects()
      .filter { $0.has("execution") }
  }
}

extension Object {
  /// Whether there is a member of this key.
  func has(_ key: Text) -> Bool { keys.contains(key) }

  /// The text of a member, empty where it is none.
  func string(_ key: Text) -> String {
    if case .text(let text)? = self[key] { text.description } else { "" }
  }

  /// The number of a member, -1 where it is none.
  func count(_ key: Text) -> Int {
    if case .number(let number)? = self[key] { Int(number) } else { -1 }
  }

  /// The object of a member, empty where it is none.
  func object(_ key: Text) -> Object {
    if case .object(let object)? = self[key] { object } else { Object() }
  }

  /// The list of a member, empty where it is none.
  func list(_ key: Text) -> [Value] {
    if case .list(let list)? = self[key] { list } else { [] }
  }
}
