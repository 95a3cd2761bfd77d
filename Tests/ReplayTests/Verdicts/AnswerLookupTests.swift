import Flows
import Replay
import TestSupport
import Testing
import Values

/// Who answers a request of the new version, in the order of preference, seen from outside.
@Suite struct AnswerLookupTests {
  /// A flow of cards that each send a text; `guarded` ones stand in an *If Error*.
  private static func posts(_ cards: [(id: String, text: Value)], guarded: [String] = [])
    -> [FlowBuilder]
  {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    for (id, text) in cards {
      let inputs: KeyValuePairs<String, FlowInput> = ["Message/Text": .constant(text)]
      guard guarded.contains(id) else {
        main.card(id, "slack:send", inputs, outputs: ["id"])
        continue
      }
      var body = FlowBuilder("\(id)-body")
      body.card("\(id)-start", "control:callable")
      body.card(id, "slack:send", inputs, outputs: ["id"])
      body.card("\(id)-end", "control:return")
      var handler = FlowBuilder("\(id)-handler")
      handler.card("\(id)-handler-start", "control:callable")
      handler.card("\(id)-handler-end", "control:return")
      main.card(
        "\(id)-try",
        "control:tryCatch",
        ["flo:flo": .inline(body)],
        policy: ["type": "handler", "flo": handler.body, "merge": "join"]
      )
    }
    main.card("end", "control:return", ["r": .constant("x")], outputs: ["r"])
    return [main]
  }

  @Test func `a write that moved keeps its answer when a like one is added before it`() throws {
    let versions = try Versions(
      Self.posts([("a", "1"), ("b", "2")]),
      Self.posts([("new", "1"), ("b", "2"), ("a", "1")], guarded: ["a"])
    ) { _ in .gives(["id": "m1"]) }
    let result = versions.diff()
    #expect(result.assumptions.map(\.step) == ["new"])
    #expect(result.assumptions.map(\.reason) == [.takenAsSucceeded])
  }

  @Test func `a write at a place that is no more answers once, the earliest first`() throws {
    // The inputs differ in where they come from, so that no card is taken for another.
    func flow(_ ids: [String], from source: String) -> [FlowBuilder] {
      var main = FlowBuilder("main")
      main.card("start", "control:callable", outputs: ["a", "b"])
      for id in ids {
        main.card(id, "slack:send", ["Message/Text": .wire("start.\(source)")], outputs: ["id"])
      }
      var last = FlowInput.constant("none")
      if let id = ids.last { last = .wire("\(id).id") }
      main.card("end", "control:return", ["r": last], outputs: ["r"])
      return [main]
    }
    var number = 0
    let versions = try Versions(
      flow(["x", "y"], from: "a"),
      flow(["p", "q", "s"], from: "b"),
      trigger: .call(arguments: ["a": "same", "b": "same"])
    ) { _ in
      number += 1
      return .gives(["id": .text(Text("m\(number)"))])
    }
    let result = versions.diff()
    #expect(versions.differ.alignment.added.count == 3)
    #expect(result.assumptions.map(\.step) == ["s"])
    #expect(result.changes.map(\.kind) == [.new])
    #expect(result.proof == .assumed || result.proof == .proven)
  }

  @Test func `an error is an answer`() throws {
    let versions = try Versions(
      Self.posts([("a", "1")]),
      Self.posts([("a", "1")], guarded: ["a"])
    ) { _ in .notFound }
    let result = versions.diff()
    #expect(result.verdict == .fixed)
    #expect(result.proof == .proven)
    #expect(result.assumptions == [])
  }

  private static func threaded(_ first: Value) -> [FlowBuilder] {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card("a", "slack:send", ["Message/Text": .constant(first)], outputs: ["id"])
    main.card(
      "b",
      "slack:send",
      ["Message/Text": .constant("more"), "Message/Thread": .wire("a.id")],
      outputs: ["id"]
    )
    main.card("end", "control:return", ["r": .wire("b.id")], outputs: ["r"])
    return [main]
  }

  @Test func `unknown inputs take the answer of their place if all known ones agree`() throws {
    let versions = try Versions(Self.threaded("1"), Self.threaded("2")) { request in
      .gives(["id": request.path == "a" ? "m1" : "m2"])
    }
    let result = versions.diff()
    #expect(result.verdict == .changed)
    #expect(result.assumptions.map(\.reason) == [.takenAsSucceeded, .unknownInputs])
    #expect(result.changes.map(\.step) == ["a"], "the result is the recorded one")
  }

  @Test func `the log comes before the answers file, and the recording before both`() throws {
    func flow(_ id: Value) -> [FlowBuilder] {
      var main = FlowBuilder("main")
      main.card("start", "control:callable")
      main.card("ask", "okta:readUser", ["User/id": .constant(id)], outputs: ["name"])
      main.card("end", "control:return", ["r": .wire("ask.name")], outputs: ["r"])
      return [main]
    }
    func found(_ name: Value) -> FoundAnswer { FoundAnswer(.gives(["name": name])) }
    let sources = AnswerSources(
      newestInLog: { _, _ in found("log") },
      scripted: { _ in found("file") }
    )
    let same = try Versions(flow("1"), flow("1")) { _ in .gives(["name": "recording"]) }
    #expect(same.diff(sources).verdict == .identical)
    let other = try Versions(flow("1"), flow("2")) { _ in .gives(["name": "recording"]) }
    #expect(other.diff(sources).changes.last?.after == "log")
    let file = AnswerSources(scripted: { _ in found("file") })
    #expect(other.diff(file).changes.last?.after == "file")
    #expect(other.diff(file).assumptions.map(\.reason) == [.scripted])
    #expect(other.diff().missing.map(\.name) == ["okta:readUser"])
  }

  @Test func `a write asks no log for its answer`() throws {
    let versions = try Versions(Self.posts([("a", "1")]), Self.posts([("a", "2")]))
    let sources = AnswerSources(newestInLog: { _, _ in
      Issue.record("a write was looked for in the log")
      return nil
    })
    #expect(versions.diff(sources).assumptions.map(\.reason) == [.takenAsSucceeded])
  }

  @Test func `another request where one failed is not taken as succeeded`() throws {
    func flow(_ text: Value, guarded: [String] = []) -> [FlowBuilder] {
      Self.posts([("a", text), ("b", "same")], guarded: guarded)
    }
    func first(_ request: EffectRequest) -> Answer {
      request.path.hasSuffix("a") ? .notFound : .gives(["id": "m"])
    }
    let versions = try Versions(flow("1"), flow("2"), answer: first)
    let result = versions.diff()
    #expect(result.verdict == .changed)
    #expect(result.proof == .proven)
    #expect(result.changes.map(\.path) == ["Message/Text"])
    #expect(result.missing.map(\.name) == ["slack:send"])
    #expect(result.reason?.contains("slack:send") == true)
    let answered = AnswerSources(scripted: { _ in FoundAnswer(.gives(["id": "m"])) })
    #expect(versions.diff(answered).verdict == .fixed)
    let handled = try Versions(
      flow("1", guarded: ["a"]),
      flow("2", guarded: ["a"]),
      answer: first
    )
    #expect(handled.diff().changes.map(\.path) == ["Message/Text"])
    #expect(handled.diff(answered).verdict == .changed)
  }
}
