import Flows
import Replay
import TestSupport
import Values

/// A flow that tests edit, with recordings of runs that took different ways through it.
struct EditedFlow: Sendable {
  let name: String
  let export: Value
  let flow: Text
  let program: Program
  let recordings: [Recording]

  init(name: String, export: Value, flow: Text, program: Program, recordings: [Recording]) {
    self.name = name
    self.export = export
    self.flow = flow
    self.program = program
    self.recordings = recordings
  }

  /// The flow with all that it can reach.
  var reached: [Text] { program.closure.flows.map(\.id) }

  /// The runnable flows of the fixtures, each run with four seeds of made-up answers.
  static func fixtures() throws -> [EditedFlow] {
    let packs = [
      "user-activated", "user-added-to-group", "google-form", "breached-password-v1",
      "breached-password-v2", "failed-logins-report", "slack-new-message", "typeform",
    ]
    return try packs.flatMap { name in
      try runnable(name, try Fixtures.bytes("flows/\(name).flopack"), seeds: 4)
    }
  }

  /// The runnable flows of an export, each run with so many seeds of made-up answers.
  static func runnable(_ name: String, _ bytes: [UInt8], seeds: UInt64) throws -> [EditedFlow] {
    let pack = try FlowPack.load(bytes, source: name)
    let export = try JSON.parse(bytes)
    return pack.flows.compactMap { EditedFlow(name, export, pack, $0, seeds: seeds) }
  }

  /// A flow of an export with what it reaches, run with so many seeds of made-up answers; nil where it is
  /// not runnable.
  init?(_ name: String, _ export: Value, _ pack: FlowPack, _ flow: Flow, seeds: UInt64) {
    guard let closure = pack.closure(of: flow.id), FlowVersion(closure).isRunnable else {
      return nil
    }
    let program = Program(closure)
    let reached = closure.flows.map { ($0.id, $0.exported) }
    self.init(
      name: "\(name) \(flow.name)",
      export: export.setting(["data", "flos"], .object(Object(reached))),
      flow: flow.id,
      program: program,
      recordings: (0..<seeds).map { RunInMemory.typed(program, seed: $0) }
    )
  }

  /// A flow with everything that holds cards: arms, conditions, loops, guards, helpers, tables.
  static func everything() throws -> EditedFlow {
    let bytes = FlowBuilder.export([main, helper], tables: RunInMemory.tables)
    let program = try RunInMemory.program([main, helper])
    let levels: [Text] = ["HIGH", "LOW", "NONE"]
    let recordings = levels.flatMap { level in
      [[], ["a"], ["a", "b"]].enumerated().map { number, items in
        RunInMemory.record(
          program,
          trigger: .call(arguments: ["level": .text(level), "items": .list(items)]),
          execution: Text("\(level)-\(number)")
        ) { request in
          let fails = request.path.hasSuffix("ask") && number == 1
          return fails ? .notFound : .gives(["name": "Ada", "Result/Rows": [], "id": "1"])
        }
      }
    }
    return EditedFlow(
      name: "everything",
      export: try JSON.parse(bytes),
      flow: "main",
      program: program,
      recordings: recordings
    )
  }

  private static var helper: FlowBuilder {
    var helper = FlowBuilder("helper")
    helper.card("helper-start", "control:callable", outputs: ["who"])
    helper.card("mail", "mail:sendEmail", ["Email/To": .wire("helper-start.who")], outputs: ["id"])
    helper.card("helper-end", "control:return", ["id": .wire("mail.id")], outputs: ["id"])
    return helper
  }

  private static func condition(_ level: Value) -> KeyValuePairs<String, FlowInput> {
    [
      "left-operand": .wire("start.level"), "operator": .constant("=="),
      "right-operand": .constant(level),
    ]
  }

  private static func body(_ id: String, posting text: Value) -> FlowBuilder {
    var body = FlowBuilder(id)
    body.card("\(id)-start", "control:callable")
    body.card("\(id)-ask", "okta:readUser", ["User/id": .constant("1")], outputs: ["name"])
    body.card("\(id)-post", "slack:send", ["Message/Text": .constant(text)])
    body.card("\(id)-end", "control:return", ["output": .constant("x")], outputs: ["output"])
    return body
  }

  private static var main: FlowBuilder {
    var main = FlowBuilder("main")
    main.card("start", "control:callable", outputs: ["level", "items[]"])
    main.card(
      "rows",
      "stash:searchRows2",
      ["parameters/stash": .constant("t1"), "Filter/id": .wire("start.level")],
      outputs: ["Result/Rows[]"]
    )
    main.ifElse(
      "if",
      condition("HIGH"),
      joined: [("picked", "urgent.id", "calm.id")],
      whenTrue: { flow in
        flow.card("urgent", "slack:send", ["Message/Text": .constant("!")], outputs: ["id"])
        flow.card("row", "stash:createRow", ["parameters/stash": .constant("t1")], outputs: ["id"])
      },
      whenFalse: { flow in
        flow.card("calm", "slack:send", ["Message/Text": .constant("?")], outputs: ["id"])
      }
    )
    main.card(
      "try",
      "control:tryCatch",
      ["flo:flo": .inline(body("try", posting: "tried"))],
      policy: ["type": "handler", "flo": body("handler", posting: "failed").body, "merge": "join"]
    )
    main.card(
      "each",
      "list:each",
      ["list[]": .wire("start.items"), "flo:flo": .flow("helper"), "who": .item("")]
    )
    main.card("go", "control:continueIf", condition("HIGH"))
    main.card("last", "slack:send", ["Message/Text": .wire("if-join.picked")])
    main.card("end", "control:return", ["r": .constant("ok")], outputs: ["r"])
    return main
  }
}
