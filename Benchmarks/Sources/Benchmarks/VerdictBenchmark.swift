internal import EventStore
internal import Flows
internal import Foundation
internal import Replay
internal import TestSupport
internal import Values

/// What the project and Temporal's Replayer each say of the same edits of a recorded run of five calls.
struct VerdictBenchmark {
  let settings: Settings
  let workspace: Workspace

  private static let program = "Benchmarks/Peers/temporal_verdicts.py"

  /// The table, a row for each edit.
  ///
  /// - Throws: `Failure` where one of them cannot be asked, or ours is not what it has to be.
  func run() throws -> String {
    let peer = try temporal()
    var rows = ["| edit | Temporal's Replayer | `diff` |", "|---|---|---|"]
    try workspace.inFolder { folder in
      let store = folder + "/verdicts"
      try EditedCalls.record(in: store)
      for (number, edit) in EditedCalls.Edit.allCases.enumerated() {
        guard let theirs = peer[edit.rawValue] else {
          throw Failure("Temporal says nothing of \(edit.rawValue)")
        }
        let ours = try verdict(in: store, number + 1)
        guard ours.hasPrefix("identical") == (edit == .none) else {
          throw Failure("`diff` says \(ours) of \(edit.rawValue)")
        }
        rows.append("| \(edit.rawValue) | \(theirs) | \(ours) |")
      }
    }
    return rows.joined(separator: "\n")
  }

  /// What Temporal says of each edit.
  private func temporal() throws -> [String: String] {
    let run = try ChildProcess.run([settings.python, Self.program], keepsOutput: true)
    let lines = String(decoding: run.output, as: UTF8.self).split(separator: "\n")
    let pairs = lines.map { $0.split(separator: "\t").map(String.init) }.filter { $0.count == 2 }
    return Dictionary(pairs.map { ($0[0], $0[1]) }) { first, _ in first }
  }

  /// The verdict on a version, with the kinds of the changes.
  private func verdict(in store: String, _ version: Int) throws -> String {
    let name = EditedCalls.name
    let run = try ChildProcess.run(
      [settings.program, "--store", store, "diff", "\(name)@1", "\(name)@\(version)", "--json"],
      keepsOutput: true,
      statuses: [0, 2]
    )
    guard let line = run.output.split(separator: UInt8(ascii: "\n")).first,
      case .object(let object) = try JSON.parse(Array(line)),
      case .text(let verdict)? = object["verdict"], case .list(let changes)? = object["changes"]
    else { throw Failure("`diff` tells no verdict") }
    var kinds: [String] = []
    for kind in changes.map(Self.told) where !kinds.contains(kind) { kinds.append(kind) }
    return verdict.description + (kinds.isEmpty ? "" : ": " + kinds.joined(separator: ", "))
  }

  /// The kind of a change, and where it has a path that path.
  private static func told(_ change: Value) -> String {
    guard case .object(let change) = change else { return "" }
    let keys: [Text] = ["kind", "path"]
    return keys.compactMap { key in
      if case .text(let text)? = change[key], !text.isEmpty { text.description } else { nil }
    }
    .joined(separator: " ")
  }
}

/// A flow of five calls and a result, and edits of it.
private enum EditedCalls {
  static let name = "verdicts"

  /// The edits; Temporal's program calls them the same.
  enum Edit: String, CaseIterable {
    case none
    case renamed = "step renamed or of another connector"
    case dropped = "last step dropped"
    case added = "step added at the end"
    case arguments = "arguments of every step changed"
    case result = "final result changed"
    case option = "timeout or option changed"
  }

  /// Records a run of the flow and registers a version for each edit, the first without any.
  static func record(in store: String) throws {
    let log = try EventLog(at: store, options: BenchmarkWorld.options())
    let recorded = try CallFlow(name, flow(.none))
    try recorded.register(in: log)
    _ = try recorded.record(1, in: log, .threads(1))
    for edit in Edit.allCases where edit != .none {
      try CallFlow(name, flow(edit)).register(in: log)
    }
  }

  private static func flow(_ edit: Edit) -> FlowBuilder {
    var flow = FlowBuilder(name)
    flow.card("start", "control:callable")
    let count = edit == .dropped ? 4 : edit == .added ? 6 : 5
    for number in 1...count {
      let argument = Double(edit == .arguments ? number + 100 : number)
      flow.card(
        "call\(number)",
        edit == .renamed && number == 3 ? "slack:readUser" : "okta:readUser",
        [
          "User/ID:number": .constant(.number(argument)),
          "parameters/timeout:number": .constant(edit == .option ? 20 : 10),
        ],
        outputs: ["User/Number"]
      )
    }
    let result = edit == .result ? FlowInput.constant("another") : .wire("call1.User/Number")
    flow.card("end", "control:return", ["Answer": result], outputs: ["Answer"])
    return flow
  }
}
