import Flows
import Replay
import TestSupport
import Testing
import Values

/// What an export declares about a field does not decide whether it holds a secret.
@Suite struct SecretDeclarationTests {
  private static func recording(of flow: FlowBuilder) throws -> (SecretFlow, Recording) {
    let covered = try SecretFlow([flow]) { $0.contains("canary") || $0.contains("271828") }
    return (covered, RunInMemory.record(covered.program))
  }

  @Test func `a text from an output that is declared yes or no stays a secret`() throws {
    var flow = FlowBuilder("main")
    flow.card("start", "control:callable")
    flow.card(
      "fields",
      "object:construct",
      ["Authorization": .custom(.constant("canary-7"))],
      outputs: ["output:object"]
    )
    flow.card(
      "get",
      "object:get",
      ["object:object": .wire("fields.output"), "path": .constant("Authorization")],
      outputs: ["output:boolean"]
    )
    flow.card(
      "line",
      "string:compose",
      ["_text_": .constant("x {{{it}}}"), "it": .custom(.wire("get.output"))],
      outputs: ["output"]
    )
    let (covered, recording) = try Self.recording(of: flow)
    #expect(recording.end?.status == .succeeded)
    #expect(covered.leaks(in: recording) == [])
    let replay = Replayer.replay(recording, covered.withoutSecrets)
    #expect(replay.outcome == .identical, "\(JSON.text(replay.value))")
  }

  @Test func `the status code of an author's error is none that was computed from a secret`() throws
  {
    var flow = FlowBuilder("main")
    flow.card("start", "control:callable")
    flow.card(
      "throw",
      "control:throwIf",
      [
        "left-operand": .constant("a"), "operator": .constant("=="),
        "right-operand": .constant("a"), "message": .constant("no"),
        "statusCode:number": .constant("271828"),
      ]
    )
    let (covered, recording) = try Self.recording(of: flow)
    #expect(recording.end?.error?.error.statusCode == CardError.defaultStatusCode)
    let replay = Replayer.replay(recording, covered.withoutSecrets)
    #expect(replay.outcome == .identical, "\(JSON.text(replay.value))")
  }
}
