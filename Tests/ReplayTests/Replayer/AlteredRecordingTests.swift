import Flows
import Replay
import TestSupport
import Testing
import Values

/// One field of a recording is altered at a time, and the replay finds it at the right step.
@Suite struct AlteredRecordingTests {
  private static let notFound = CardError(kind: .notFound, message: "gone", statusCode: 404)

  private static func story() throws -> (program: Program, recording: Recording) {
    var main = FlowBuilder("main")
    main.card("start", "control:callable", outputs: ["who"])
    main.card(
      "ask",
      "okta:readUser",
      ["User/id": .wire("start.who")],
      outputs: ["name", "mail"]
    )
    main.card(
      "loop",
      "list:each",
      [
        "list[]": .constant(["1", "2"]), "flo:flo": .flow("helper"), "a": .item(""),
        "b": .fixed(.constant("same")),
      ]
    )
    main.card("mail", "gmail:sendEmail2", ["Email/Body": .wire("ask.name")], outputs: ["id"])
    main.card("boom", "slack:send", ["Message/Text": .constant("x")])
    var helper = FlowBuilder("helper")
    helper.card("start", "control:callable", outputs: ["a", "b"])
    helper.card("end", "control:return", ["r": .wire("start.a")], outputs: ["r"])
    let program = try RunInMemory.program([main, helper])
    let recording = RunInMemory.record(program, trigger: .call(arguments: ["who": "u1"])) {
      request in
      switch request.path {
      case "ask": .outputs(ConnectorAnswer(outputs: ["name": "Ada", "mail": "a@example.com"]))
      case "boom": .failure(notFound)
      default: .outputs(ConnectorAnswer(outputs: ["id": "m1"]))
      }
    }
    return (program, recording)
  }

  private static func divergence(
    _ alter: (inout Alteration) -> Void
  ) throws -> (step: Text, kind: DivergenceKind)? {
    let (program, recording) = try story()
    var alteration = Alteration(recording)
    alter(&alteration)
    return Replayer.replay(alteration.recording, program).divergence.map { ($0.step, $0.kind) }
  }

  @Test(arguments: ["ask", "boom"], [-1, Int.min, 1_000_000_000_000, Int.max])
  func `a step that says it was the billionth diverges, and stops nothing`(
    _ path: Text,
    _ ordinal: Int
  ) throws {
    #expect(try Self.divergence { $0.alter(ordinalOf: path, to: ordinal) } != nil)
  }

  @Test func `an unaltered recording replays identically, twice, in the same bytes`() throws {
    let (program, recording) = try Self.story()
    let first = Replayer.replay(recording, program)
    #expect(first.outcome == .identical)
    #expect(first.stepCount == recording.steps.count)
    let second = Replayer.replay(recording, program)
    #expect(JSON.serialize(first.value) == JSON.serialize(second.value))
    #expect(first.value == ["execution": "root", "verdict": "identical", "proof": "proven"])
  }

  @Test(arguments: [
    ("input", "start", DivergenceKind.inputMismatch), ("step input", "mail", .inputMismatch),
    ("argument", "loop", .inputMismatch), ("output", "ask", .outputMismatch),
    ("child output", "loop[1]/end", .outputMismatch), ("status", "mail", .statusMismatch),
    ("error", "boom", .errorMismatch), ("request", "ask", .effectMismatch),
    ("answer", "ask", .outputMismatch), ("failure", "boom", .errorMismatch),
    ("callee", "loop", .calleeMismatch), ("path", "loop[0]/end", .stepMismatch),
    ("extra request", "mail", .recordingNotConsumed),
  ])
  func `an altered field of a step is found at that step`(
    _ field: String,
    _ step: Text,
    _ kind: DivergenceKind
  ) throws {
    let found = try Self.divergence { $0.alter(field, at: step) }
    #expect(found?.step == step)
    #expect(found?.kind == kind)
  }

  @Test(arguments: [
    ("status", "", DivergenceKind.statusMismatch), ("error", "", .errorMismatch),
    ("result", "loop[0]", .resultMismatch), ("status", "loop[1]", .statusMismatch),
    ("flow", "loop[0]", .calleeMismatch),
  ])
  func `an altered end of an execution is found at its call`(
    _ field: String,
    _ site: Text,
    _ kind: DivergenceKind
  ) throws {
    let found = try Self.divergence { $0.alterExecution(field, at: site) }
    #expect(found?.step == site)
    #expect(found?.kind == kind)
  }

  @Test func `a recording that lacks its last step is exhausted there`() throws {
    let found = try Self.divergence { $0.steps.removeLast() }
    #expect(found?.step == "boom")
    #expect(found?.kind == .recordingExhausted)
  }

  @Test func `a step too many is not consumed`() throws {
    let found = try Self.divergence { alteration in
      alteration.append(copyOf: "boom", path: "later")
    }
    #expect(found?.step == "later")
    #expect(found?.kind == .recordingNotConsumed)
  }

  @Test func `another engine is named`() throws {
    let (program, _) = try Self.story()
    let recording = RunInMemory.record(program, engine: "0")
    let result = Replayer.replay(recording, program)
    #expect(result.outcome == .identical)
    #expect(result.otherEngine == "0")
    #expect(result.value["engine"] == "0")
  }

  @Test func `a recording of digests, or one that has not ended, is skipped with its reason`()
    throws
  {
    let (program, recording) = try Self.story()
    let digests = RunInMemory.record(program, savesValues: false)
    #expect(Replayer.replay(digests, program).outcome == .skipped(.digestsOnly))
    var running = Alteration(recording)
    running.executions[0] = running.executions[0].with(end: nil)
    #expect(Replayer.replay(running.recording, program).outcome == .skipped(.running))
    var doubtful = Alteration(recording)
    doubtful.alter("no answer", at: "mail")
    #expect(Replayer.replay(doubtful.recording, program).outcome == .skipped(.inDoubt))
    var redacted = Alteration(recording)
    redacted.missingValues = 1
    #expect(Replayer.replay(redacted.recording, program).outcome == .skipped(.redacted))
    var summary = ReplaySummary()
    summary.add(Replayer.replay(redacted.recording, program))
    #expect(!summary.hasFindings)
    #expect(
      summary.value == [
        "summary": [
          "identical": 0, "diverged": 0, "skipped": 1, "otherEngine": 0, "steps": 0,
          "reasons": ["redacted": 1],
        ]
      ]
    )
  }
}

extension Value {
  fileprivate subscript(key: Text) -> Value? {
    if case .object(let object) = self { object[key] } else { nil }
  }
}
