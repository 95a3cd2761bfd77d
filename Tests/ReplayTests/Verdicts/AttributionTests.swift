import Flows
import Replay
import TestSupport
import Testing
import Values

/// Which card a verdict is put down to where nothing that still runs was edited.
@Suite struct AttributionTests {
  private static func main(_ build: (inout FlowBuilder) -> Void) -> [FlowBuilder] {
    var flow = FlowBuilder("main")
    flow.card("start", "control:callable")
    build(&flow)
    return [flow]
  }

  private static func mail(_ flow: inout FlowBuilder, _ id: String) {
    flow.card(id, "mail:sendEmail", ["Email/Body": .constant(.text(Text(id)))])
  }

  private static func stop(_ flow: inout FlowBuilder) {
    flow.card(
      "only-if",
      "control:continueIf",
      [
        "left-operand": .constant("a"), "operator": .constant("=="),
        "right-operand": .constant("b"),
      ]
    )
  }

  /// An edit, and what is said of a run of the old version.
  struct Edit: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let old: @Sendable (inout FlowBuilder) -> Void
    let new: @Sendable (inout FlowBuilder) -> Void
    let verdict: Verdict
    let card: Text
  }

  static let edits = [
    Edit(
      testDescription: "a removed Continue If that stopped the run",
      old: {
        stop(&$0); mail(&$0, "a")
      },
      new: { mail(&$0, "a") },
      verdict: .changed,
      card: "only-if"
    ),
    Edit(
      testDescription: "a removed Return Error that ended the run",
      old: {
        $0.card("boom", "control:throw", ["message": .constant("no")]); mail(&$0, "a")
      },
      new: { mail(&$0, "a") },
      verdict: .fixed,
      card: "boom"
    ),
    Edit(
      testDescription: "a removed card that did nothing to the effects",
      old: {
        $0.card("text", "string:toLowerCase", ["string": .constant("A")]); mail(&$0, "a")
      },
      new: { mail(&$0, "a") },
      verdict: .equivalent,
      card: "text"
    ),
    Edit(
      testDescription: "two cards in the other order",
      old: {
        mail(&$0, "a"); mail(&$0, "b")
      },
      new: {
        mail(&$0, "b"); mail(&$0, "a")
      },
      verdict: .changed,
      card: "b"
    ),
  ]

  @Test(arguments: edits)
  func `what is gone or stands elsewhere is named`(_ edit: Edit) throws {
    let versions = try Versions(Self.main(edit.old), Self.main(edit.new))
    let result = versions.diff()
    #expect(result.verdict == edit.verdict)
    #expect(result.card?.uuid == edit.card)
    var report = DiffReport(versions.differ)
    report.add(result)
    #expect(report.groups.allSatisfy { !$0.name.isEmpty })
  }

  @Test func `an If Error that is taken from around a card is named where it now fails`() throws {
    var body = FlowBuilder("body")
    body.card("body-start", "control:callable")
    body.card("ask", "okta:readUser", ["User/id": .constant("u1")])
    body.card("body-end", "control:return")
    var handler = FlowBuilder("handler")
    handler.card("handler-start", "control:callable")
    handler.card("handler-end", "control:return")
    let old = Self.main { flow in
      flow.card(
        "try",
        "control:tryCatch",
        ["flo:flo": .inline(body)],
        policy: ["type": "handler", "flo": handler.body, "merge": "join"]
      )
      Self.mail(&flow, "a")
    }
    let new = Self.main { flow in
      flow.card("ask", "okta:readUser", ["User/id": .constant("u1")])
      Self.mail(&flow, "a")
    }
    let result = try Versions(old, new) { request in
      request.connectorRequest?.method.method == "readUser" ? .notFound : RunInMemory.done
    }.diff()
    #expect(result.verdict == .broken)
    #expect(result.card?.uuid == "try")
  }

  @Test func `what nobody can answer is named with what would answer it`() throws {
    let old = Self.main { Self.mail(&$0, "a") }
    let new = Self.main { flow in
      flow.card("ask", "okta:readUser", ["User/id": .constant("u1")], outputs: ["name"])
      Self.mail(&flow, "a")
    }
    let result = try Versions(old, new).diff()
    #expect(result.reason == "no answer to okta:readUser at ask; --answers can give it")
  }
}
