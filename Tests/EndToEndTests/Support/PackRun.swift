import TestSupport
import Testing
import Values

/// One run of a pack's flow by hand, and what the store then tells of it.
struct PackRun {
  /// The line of the history about the execution.
  let execution: Object
  /// The steps of its tree, in order.
  let steps: [Object]
  /// What they asked of connectors, tables among them, in order.
  let effects: [AskedOfConnector]
  /// The lines about the executions that it called, each behind its caller.
  let called: [Object]

  /// The statuses of the called executions of a flow.
  func statuses(of flow: Value) -> [String] {
    called.filter { $0["flow"] == flow }.map { $0.string("status") }
  }

  /// The only step of a card type that is run by the execution itself.
  func step(_ address: Value) throws -> Object {
    let own = steps.filter {
      $0["address"] == address && $0["execution"] == execution["execution"]
    }
    try #require(own.count == 1, "\(own.count) steps are \(address)")
    return own[0]
  }

  /// The steps of a card type below another step, those of its first item first.
  func steps(_ address: Value, below step: Object) -> [Object] {
    let prefixes = ["[", "/"].map { step.string("step") + $0 }
    return steps.filter { line in
      line["address"] == address
        && prefixes.contains { line.string("step").hasPrefix($0) }
    }
  }

  /// What was asked through a connector's method.
  func asked(of method: String) -> [AskedOfConnector] { effects.filter { $0.name == method } }
}

extension ProgramStore {
  /// Runs a flow with scripted answers; it must end with `status`.
  func runFlow(
    _ flow: String,
    input: String? = nil,
    answers: String,
    endWith status: Int32 = 0
  ) throws -> PackRun {
    var arguments = ["run", flow, "--answers", try file("answers.json", answers)]
    if let input { arguments += ["--input", try file("input.json", input)] }
    try must(arguments, endWith: status)
    let execution = try #require(try history().last)
    let id = execution.string("execution")
    return PackRun(
      execution: execution,
      steps: try must("show", id, "--tree", "--json").objects().filter { $0.has("step") },
      effects: try effects(of: execution),
      called: try must("history", "--tree", "--json").objects().filter {
        $0.string("root") == id && $0.string("execution") != id
      }
    )
  }

  /// The cells of a table's rows, by column, in the order in which the rows were made.
  func cells(_ table: String) throws -> [Object] {
    try must("table", "show", table, "--json").objects().filter { $0.has("row") }
      .map { $0.object("values") }
  }
}
