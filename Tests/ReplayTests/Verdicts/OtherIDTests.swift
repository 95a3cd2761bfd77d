import Flows
import Replay
import TestSupport
import Testing
import Values

/// What is the same under another id.
@Suite struct OtherIDTests {
  /// A flow with a loop over a helper, and an *If Error* around a body of its own.
  private static func flows(
    helper: String = "helper",
    body: String = "body",
    text: Value = "hello"
  ) -> [FlowBuilder] {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card(
      "loop",
      "list:each",
      ["list[]": .constant(["a", "b"]), "flo:flo": .flow(helper), "who": .item("")]
    )
    main.card(
      "try",
      "control:tryCatch",
      ["flo:flo": .inline(inline(body, "try"))],
      policy: ["type": "handler", "flo": inline("handler", "error").body, "merge": "join"]
    )
    var callee = FlowBuilder(helper)
    callee.card("helper-start", "control:callable", outputs: ["who"])
    callee.card(
      "mail",
      "mail:sendEmail",
      ["Email/To": .wire("helper-start.who"), "Email/Body": .constant(text)]
    )
    return [main, callee]
  }

  private static func inline(_ id: String, _ name: String) -> FlowBuilder {
    var body = FlowBuilder(id)
    body.card("\(name)-start", "control:callable")
    body.card("\(name)-post", "slack:send", ["Message/Text": .constant("x")])
    body.card("\(name)-end", "control:return", ["output": .constant("x")], outputs: ["output"])
    return body
  }

  @Test func `a body inside a card that has another id is the same, run or not`() throws {
    let versions = try Versions(Self.flows(), Self.flows(body: "another"))
    let run = versions.diff()
    #expect(run.verdict == .identical)
    #expect(versions.differ.unaffected(RecordingOutline(versions.recording)) == run)
  }

  @Test func `a helper that was imported again is the same, with a note`() throws {
    let result = try Versions(Self.flows(), Self.flows(helper: "again")).diff()
    #expect(result.verdict == .identical)
    #expect(result.proof == .proven)
    #expect(result.notes == ["The flow helper (helper) was imported again as again."])
  }

  @Test func `a helper that was imported again with an edit is changed by the edit`() throws {
    let result = try Versions(Self.flows(), Self.flows(helper: "again", text: "bye")).diff()
    #expect(result.verdict == .changed)
    #expect(
      result.changes.map(\.place) == [
        "arguments loop[0]/mail Email/Body", "arguments loop[1]/mail Email/Body",
      ]
    )
    #expect(result.card == CardID(flowID: "again", uuid: "mail"))
  }

  @Test func `a call of another helper that is there too is another path`() throws {
    // Both versions have both helpers, so neither is the other under a new id.
    func flows(calling helper: String) -> [FlowBuilder] {
      var other = FlowBuilder("other")
      other.card("other-start", "control:callable", outputs: ["who"])
      other.card("other-mail", "mail:sendEmail", ["Email/To": .wire("other-start.who")])
      var main = Self.flows(helper: "helper")
      main[0].card("call", "list:each", ["list[]": .constant([]), "flo:flo": .flow(helper)])
      main[0].card("both", "list:each", ["list[]": .constant([]), "flo:flo": .flow("other")])
      return main + [other]
    }
    let result = try Versions(flows(calling: "helper"), flows(calling: "other")).diff()
    #expect(result.verdict == .equivalent)
    #expect(result.notes == [])
  }
}
