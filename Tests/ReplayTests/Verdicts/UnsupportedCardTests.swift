import Flows
import Replay
import TestSupport
import Testing
import Values

/// Runs that came to a card which the engine does not run.
@Suite struct UnsupportedCardTests {
  private static func flow(
    sending text: Value = "hi",
    replacing: Bool,
    handled: Bool = false
  ) -> [FlowBuilder] {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card("send", "slack:send", ["Message/Text": .constant(text)])
    if handled {
      var attempt = FlowBuilder("attempt")
      attempt.card("attempt-start", "control:callable")
      if replacing { attempt.card("replace", "string:titleCase", ["string": .constant("a")]) }
      attempt.card("attempt-end", "control:noop")
      var handler = FlowBuilder("handler")
      handler.card("handler-start", "control:callable")
      handler.card("tell", "mail:sendEmail")
      main.card(
        "try",
        "control:tryCatch",
        ["flo:flo": .inline(attempt)],
        policy: ["type": "handler", "flo": handler.body, "merge": "join"]
      )
    } else if replacing {
      main.card("replace", "string:titleCase", ["string": .constant("a")])
    }
    main.card("last", "slack:send", ["Message/Text": .constant("bye")])
    return [main]
  }

  @Test(arguments: [false, true])
  func `a new version that comes to one is undecidable, and the card type is named`(
    handled: Bool
  ) throws {
    let result = try Versions(
      Self.flow(replacing: false, handled: handled),
      Self.flow(replacing: true, handled: handled)
    ).diff()
    #expect(result.verdict == .undecidable)
    #expect(result.proof == .partial)
    #expect(result.changes.isEmpty)
    #expect(result.reason?.contains("string:titleCase") == true)
    #expect(result.notCompared.map(\.step) == ["last"])
  }

  @Test func `what differs before it is told all the same`() throws {
    let result = try Versions(
      Self.flow(replacing: false),
      Self.flow(sending: "ho", replacing: true)
    ).diff()
    #expect(result.verdict == .changed)
    #expect(result.changes.map(\.step) == ["send"])
  }

  @Test(arguments: [false, true])
  func `a recorded run that came to one replays as it was and is not compared`(
    handled: Bool
  ) throws {
    let versions = try Versions(
      Self.flow(replacing: true, handled: handled),
      Self.flow(replacing: false, handled: handled)
    )
    #expect(Replayer.replay(versions.recording, versions.old).outcome == .identical)
    #expect(versions.diff().verdict == .skipped)
    #expect(versions.diff().skipReason == .unsupportedCard)
    #expect(versions.differ.unaffected(RecordingOutline(versions.recording)) == nil)
  }
}
