import Flows
import Replay
import TestSupport
import Testing
import Values

/// One edit of a flow at a time, and what comparing says of it.
@Suite struct MutationTests {
  /// Parts of a flow that a test edits.
  private struct Parts {
    var text: Value = "hello"
    var channel: Value = "general"
    var operatorName: Value = "=="
    var items: Value = ["a", "b"]
    var helperText: Value = "for you"
    var method = "slack:sendMessage"
    var result: Value = "ok"
    var hasFirstPost = true
    var hasLastPost = true
    var extraPost = false
    var fails = false

    var flows: [FlowBuilder] {
      var main = FlowBuilder("main")
      main.card("start", "control:callable", outputs: ["level"])
      if hasFirstPost { main.card("first", "slack:sendMessage", ["Message/Text": .constant("1")]) }
      main.ifElse(
        "if",
        [
          "left-operand": .wire("start.level"), "operator": .constant(operatorName),
          "right-operand": .constant("HIGH"),
        ],
        whenTrue: urgent,
        whenFalse: { $0.card("calm", "mail:sendEmail", ["Email/Body": .constant("calm")]) }
      )
      main.card(
        "loop",
        "list:each",
        ["list[]": .constant(items), "flo:flo": .flow("helper"), "who": .item("")]
      )
      if hasLastPost { main.card("last", "slack:sendMessage", ["Message/Text": .constant("9")]) }
      if extraPost { main.card("extra", "slack:sendMessage", ["Message/Text": .constant("10")]) }
      main.card("end", "control:return", ["r": .constant(result)], outputs: ["r"])
      return [main, helper]
    }

    private var urgent: (inout FlowBuilder) -> Void {
      { flow in
        flow.card(
          "urgent",
          method,
          ["parameters/channel": .constant(channel), "Message/Text": .constant(text)]
        )
        if fails { flow.card("boom", "control:throw", ["message": .constant("no")]) }
      }
    }

    private var helper: FlowBuilder {
      var helper = FlowBuilder("helper")
      helper.card("start", "control:callable", outputs: ["who"])
      helper.card(
        "mail",
        "mail:sendEmail",
        ["Email/To": .wire("start.who"), "Email/Body": .constant(helperText)]
      )
      return helper
    }
  }

  private static func diff(
    from before: (inout Parts) -> Void = { _ in },
    to after: (inout Parts) -> Void
  ) throws -> DiffResult {
    var (old, new) = (Parts(), Parts())
    before(&old)
    after(&new)
    return try Versions(old.flows, new.flows, trigger: .call(arguments: ["level": "HIGH"])).diff()
  }

  private static func shown(_ result: DiffResult) -> [String] {
    result.changes.map { "\($0.step) \($0.kind.rawValue) \($0.path)" }
  }

  @Test func `without an edit a run is identical, proven`() throws {
    let result = try Self.diff { _ in }
    #expect(result.verdict == .identical)
    #expect(result.proof == .proven)
    #expect(result.notes == [])
    #expect(result.card == nil)
  }

  @Test func `an edited text is changed with its path`() throws {
    let result = try Self.diff { $0.text = "good day" }
    #expect(result.verdict == .changed)
    #expect(Self.shown(result) == ["urgent arguments Message/Text"])
    #expect(result.proof == .proven)
  }

  @Test func `an edited option is changed with its path`() throws {
    let result = try Self.diff { $0.channel = "random" }
    #expect(Self.shown(result) == ["urgent options parameters/channel"])
  }

  @Test func `another connector is a changed effect with both names`() throws {
    let result = try Self.diff { $0.method = "teams:sendMessage" }
    let change = try #require(result.changes.first)
    #expect(change.kind == .method)
    #expect(change.before == "slack:sendMessage")
    #expect(change.after == "teams:sendMessage")
  }

  @Test func `a flipped condition takes the other arm`() throws {
    let result = try Self.diff { $0.operatorName = "!=" }
    #expect(result.verdict == .changed)
    #expect(result.changes.map(\.kind).contains(.new))
    #expect(result.changes.map(\.kind).contains(.missing))
    #expect(result.card?.uuid == "if")
    #expect(result.proof == .proven)
  }

  @Test func `another order of a loop's items is a new order of effects`() throws {
    let result = try Self.diff { $0.items = ["b", "a"] }
    #expect(result.verdict == .changed)
    #expect(result.changes.map(\.kind) == [.reordered])
    #expect(
      result.changes.map(\.sentence) == [
        "reordered loop[0]/mail: behind loop[1]/mail → behind urgent"
      ]
    )
    #expect(result.proof == .proven)
    #expect(result.card?.uuid == "loop")
  }

  @Test func `an edited helper changes every item that calls it`() throws {
    let result = try Self.diff { $0.helperText = "for all" }
    #expect(
      Self.shown(result) == [
        "loop[0]/mail arguments Email/Body", "loop[1]/mail arguments Email/Body",
      ]
    )
    #expect(result.card == CardID(flowID: "helper", uuid: "mail"))
  }

  @Test func `a dropped step is a missing effect, an added one a new effect`() throws {
    let dropped = try Self.diff { $0.hasLastPost = false }
    #expect(Self.shown(dropped) == ["last missing "])
    #expect(dropped.card?.uuid == "last")
    let first = try Self.diff { $0.hasFirstPost = false }
    #expect(Self.shown(first) == ["first missing "])
    let added = try Self.diff { $0.extraPost = true }
    #expect(Self.shown(added) == ["extra new "])
    #expect(added.proof == .proven)
  }

  @Test func `another result is changed`() throws {
    let result = try Self.diff { $0.result = "done" }
    #expect(Self.shown(result) == [" result r"])
    #expect(result.changes.first?.before == "ok")
  }

  @Test func `a new failure is broken, and its repair fixed`() throws {
    let broken = try Self.diff { $0.fails = true }
    #expect(broken.verdict == .broken)
    #expect(broken.card?.uuid == "boom")
    let fixed = try Self.diff(from: { $0.fails = true }, to: { _ in })
    #expect(fixed.verdict == .fixed)
  }

  @Test func `a lookup whose earlier writes differ is assumed`() throws {
    func flows(_ text: Value) -> [FlowBuilder] {
      var main = FlowBuilder("main")
      main.card("start", "control:callable")
      main.card("write", "stash:createRow", ["Row/Text": .constant(text)])
      main.card("read", "stash:searchRows2", ["Filter/id": .constant("1")], outputs: ["n"])
      main.card("post", "slack:sendMessage", ["Message/Text": .wire("read.n")])
      return [main]
    }
    let result = try Versions(flows("a"), flows("b")).diff()
    #expect(result.verdict == .changed)
    #expect(result.proof == .proven)
    #expect(
      result.assumptions.map(\.reason) == [.takenAsSucceeded, .otherWritesBefore]
    )
  }

  @Test func `a recorded write answers once, a read as often as it is asked`() throws {
    // The wire keeps the new cards from being taken for the old one.
    func flows(_ count: Int, _ method: String) -> [FlowBuilder] {
      var main = FlowBuilder("main")
      main.card("start", "control:callable", outputs: ["none"])
      main.card("id", "control:let", ["v": .constant("1")], outputs: ["v"])
      for number in 0..<count {
        main.card(
          "new\(count)-\(number)",
          method,
          ["User/id": count == 1 ? .constant("1") : .wire("id.v")],
          outputs: ["x"]
        )
      }
      main.card("end", "control:return", ["r": .constant("x")], outputs: ["r"])
      return [main]
    }
    let reads = try Versions(flows(1, "okta:readUser"), flows(2, "okta:readUser")).diff()
    #expect(reads.missing == [])
    #expect(reads.proof == .proven)
    let writes = try Versions(flows(1, "okta:suspendUser"), flows(2, "okta:suspendUser")).diff()
    #expect(writes.changes.map(\.kind) == [.new])
    #expect(writes.assumptions.map(\.reason) == [.takenAsSucceeded])
  }
}
