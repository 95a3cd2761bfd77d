import TestSupport
import Testing
import Values

extension ProgramStore {
  /// The cells of a table's rows by column, the first row first.
  func rows(of table: String) throws -> [Object] {
    try must("table", "show", table, "--json").objects().filter { $0.has("row") }
      .map { $0.object("values") }
  }

  /// What the steps of an execution's tree asked of connectors other than tables, in order.
  func calls(of execution: Object) throws -> [AskedOfConnector] {
    try effects(of: execution).filter { $0.connector != "stash" }
  }

  /// What the latest execution was.
  func latestExecution() throws -> Object {
    guard let latest = try history().last else { throw NotOneExecution(count: 0) }
    return latest
  }

  /// Makes rows in a table of lines of CSV, the columns' names first.
  func fill(_ table: String, _ lines: String...) throws {
    let text = lines.map { $0 + "\n" }.joined()
    try must("table", "import", table, file("rows.csv", text))
  }

  /// What the caller of an endpoint was answered by *Return Raw*: status, headers and body.
  func rawAnswer(of execution: Object) throws -> Object {
    let steps = try must("show", execution.string("execution"), "--json").objects()
    return try #require(steps.last { $0["address"] == "control:returnRaw" }).object("inputs")
  }

  /// The executions that an execution called, in order.
  func called(by execution: Object) throws -> [Object] {
    try must("history", "--tree", "--json").objects()
      .filter { $0["parent"] == execution["execution"] }
  }
}
