import Foundation
import TestSupport
import Testing
import Values

/// A store with a flow that opens a ticket, reads a user and sends the user a message, over a real service that can be told
/// to refuse any of these.
struct RepairedStore {
  let store: ProgramStore
  let service: FailingService
  let server: HTTPStandIn
  var url: String { server.url }

  static func with(delay: Double = 0, _ body: (RepairedStore) throws -> Void) throws {
    let service = FailingService(delay: delay)
    let server = try HTTPStandIn { service.answer($0) }
    defer { server.stop() }
    try withProgramStore { store in
      _ = try store.connections(
        "  - {connector: httpfunctions, hosts: [\"\(server.url)\"], networks: [127.0.0.1]}"
      )
      let repaired = RepairedStore(store: store, service: service, server: server)
      try repaired.add(subject: "Help")
      try body(repaired)
    }
  }

  /// Adds a version of the flow whose ticket has another subject.
  func add(subject: String) throws {
    var flow = FlowBuilder("notify")
    flow.card("start", "control:callable")
    ask(
      &flow,
      "ticket",
      "post",
      [
        "Request/URL": address("ticket"),
        "Request/Body:object": .constant(["subject": .text(Text(subject))]),
      ]
    )
    ask(&flow, "user", "get", ["Request/URL": address("user")])
    ask(
      &flow,
      "message",
      "post",
      ["Request/URL": address("message"), "Request/Body:object": .wire("user.Response/Body")]
    )
    try store.add([flow])
  }

  /// Adds a version that posts to each of a list's items.
  func add(items: [String]) throws {
    var main = FlowBuilder("notify")
    main.card("start", "control:callable")
    let list = items.map { Value.object(["id": .text(Text($0))]) }
    main.card(
      "each",
      "list:each",
      ["list:object[]": .constant(.list(list)), "flo:flo": .flow("one"), "id": .item("id")]
    )
    var one = FlowBuilder("one")
    one.card("start", "control:callable", outputs: ["id"])
    one.card(
      "url",
      "string:concat",
      ["a": .constant(.text(Text("\(url)/"))), "b": .wire("start.id")],
      outputs: ["output"]
    )
    ask(&one, "post", "post", ["Request/URL": .wire("url.output")])
    try store.add([main, one])
  }

  /// Adds a version that opens a ticket and then posts to the room that it is started with.
  func add(room input: String, andThen last: String? = nil) throws {
    var flow = FlowBuilder("notify")
    flow.card("start", "control:callable", outputs: [input])
    ask(&flow, "ticket", "post", ["Request/URL": address("ticket")])
    flow.card(
      "url",
      "string:concat",
      ["a": .constant(.text(Text("\(url)/"))), "b": .wire("start.\(input)")],
      outputs: ["output"]
    )
    ask(&flow, "post", "post", ["Request/URL": .wire("url.output")])
    if let last { ask(&flow, "last", "post", ["Request/URL": address(last)]) }
    try store.add([flow])
  }

  /// Adds a version that posts to addresses, one after the other.
  func add(posts: [String]) throws {
    var flow = FlowBuilder("notify")
    flow.card("start", "control:callable")
    for name in posts {
      let card = name.replacing("/", with: "-")
      ask(&flow, card, "post", ["Request/URL": address(name)])
    }
    try store.add([flow])
  }

  func address(_ name: String) -> FlowInput { .constant(.text(Text("\(url)/\(name)"))) }

  func ask(
    _ flow: inout FlowBuilder,
    _ name: String,
    _ method: String,
    _ fields: KeyValuePairs<String, FlowInput>
  ) {
    flow.card(
      name,
      "httpfunctions:\(method)",
      fields,
      outputs: ["Response/Status Code:number", "Response/Body:object"]
    )
  }

  var connections: [String] { ["--connections", store.folder + "/connections.yaml"] }
  var planFile: String { store.folder + "/repair.plan" }

  /// Runs the flow with the service; returns the execution's id.
  @discardableResult
  func runFlow() throws -> String {
    let run = try store.run(["run", "notify", "--live", "--json"] + connections)
    return try run.firstObject().string("execution")
  }

  /// Plans the repair of all that failed; returns the plan's lines.
  @discardableResult
  func plan(endWith status: Int32 = 0, _ options: String...) throws -> [Object] {
    try plan(endWith: status, options: options)
  }

  @discardableResult
  func plan(endWith status: Int32 = 0, options: [String]) throws -> [Object] {
    try? FileManager.default.removeItem(atPath: planFile)
    return try store.must(
      ["repair", "plan", "--failed", "--output", planFile, "--json"] + options,
      endWith: status
    ).objects()
  }

  /// Applies the plan; returns a line for each execution.
  @discardableResult
  func apply(endWith status: Int32 = 0, _ options: String...) throws -> [Object] {
    try store.must(
      ["repair", "apply", planFile, "--json"] + connections + options,
      endWith: status
    )
    .objects().filter { $0.has("outcome") }
  }

  /// Writes a decision into the plan, for each effect of an action.
  func decide(_ decision: String, of action: String) throws {
    let text = try String(contentsOfFile: planFile, encoding: .utf8)
    let lines = text.split(separator: "\n").map(String.init).map { line in
      line.contains("\"action\":\"\(action)\"")
        ? line.replacing("\"decision\":null", with: "\"decision\":\"\(decision)\"") : line
    }
    try (lines.joined(separator: "\n") + "\n").write(
      toFile: planFile,
      atomically: true,
      encoding: .utf8
    )
  }

  /// Changes a text of the plan.
  func change(_ text: String, to other: String) throws {
    let plan = try String(contentsOfFile: planFile, encoding: .utf8)
    try write(plan.replacing(text, with: other), to: planFile)
  }

  func execution(_ id: String) throws -> Object {
    try #require(try store.history().first { $0.string("execution") == id })
  }
}

extension [Object] {
  /// The actions of a plan's effects, in order.
  var actions: [String] { filter { $0.has("action") }.map { $0.string("action") } }
}
