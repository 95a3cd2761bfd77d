import EventStore
import Flows
import Replay
import TestSupport
import Testing
import Values

/// What an unknown value hides, and what it does not.
@Suite struct FrontierTests {
  private static func asking(_ id: Value, _ build: (inout FlowBuilder) -> Void) -> [FlowBuilder] {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card("ask", "okta:readUser", ["User/id": .constant(id)], outputs: ["level"])
    build(&main)
    return [main]
  }

  private static let high: @Sendable (EffectRequest) -> Answer = { request in
    request.path == "ask" ? .gives(["level": "HIGH"]) : .gives([:])
  }

  private static func diff(_ build: (inout FlowBuilder) -> Void) throws -> DiffResult {
    try Versions(asking("1", build), asking("2", build), answer: high).diff()
  }

  @Test func `both arms of an unknown If are not compared, what follows is`() throws {
    let result = try Self.diff { flow in
      flow.ifElse(
        "if",
        [
          "left-operand": .wire("ask.level"), "operator": .constant("=="),
          "right-operand": .constant("HIGH"),
        ],
        whenTrue: { $0.card("urgent", "slack:send", ["Message/Text": .constant("1")]) },
        whenFalse: { $0.card("calm", "slack:send", ["Message/Text": .constant("2")]) }
      )
      flow.card("last", "slack:send", ["Message/Text": .constant("3")])
    }
    #expect(result.verdict == .undecidable)
    #expect(result.notCompared.map(\.step) == ["urgent"])
  }

  @Test func `what follows an unknown Continue If is not compared`() throws {
    let result = try Self.diff { flow in
      flow.card(
        "go",
        "control:continueIf",
        [
          "left-operand": .wire("ask.level"), "operator": .constant("=="),
          "right-operand": .constant("HIGH"),
        ]
      )
      flow.card("last", "slack:send", ["Message/Text": .constant("3")])
    }
    #expect(result.verdict == .undecidable)
    #expect(result.notCompared.map(\.step) == ["last"])
    #expect(result.missing.map(\.name) == ["okta:readUser"])
  }

  @Test func `an end that a frontier hides is neither fixed nor broken`() throws {
    let versions = try Versions(
      Self.asking("1") { flow in
        flow.card("boom", "control:throw", ["message": .constant("no")])
      },
      Self.asking("2") { flow in
        flow.card(
          "boom",
          "control:throwIf",
          [
            "left-operand": .wire("ask.level"), "operator": .constant("=="),
            "right-operand": .constant("HIGH"), "message": .constant("no"),
          ]
        )
      },
      answer: Self.high
    )
    #expect(versions.diff().verdict == .undecidable)
    let answered = versions.diff(
      AnswerSources(scripted: { _ in FoundAnswer(.gives(["level": "LOW"])) })
    )
    #expect(answered.verdict == .fixed)
    #expect(answered.proof == .assumed)
  }

  @Test func `a card that was removed from behind an unknown value is not missing`() throws {
    let condition: KeyValuePairs<String, FlowInput> = [
      "left-operand": .wire("ask.level"), "operator": .constant("=="),
      "right-operand": .constant("HIGH"),
    ]
    func arms(_ id: Value, _ posts: [String]) -> [FlowBuilder] {
      Self.asking(id) { flow in
        flow.ifElse(
          "if",
          condition,
          whenTrue: { flow in for post in posts { flow.card(post, "slack:send") } },
          whenFalse: { _ in }
        )
      }
    }
    let inArm = try Versions(arms("1", ["a"]), arms("2", []), answer: Self.high).diff()
    #expect(inArm.verdict == .undecidable)
    #expect(inArm.notCompared.map(\.step) == ["a"])
    func behind(_ id: Value, _ posts: [String]) -> [FlowBuilder] {
      Self.asking(id) { flow in
        flow.card("go", "control:continueIf", condition)
        for post in posts { flow.card(post, "slack:send") }
      }
    }
    let behindIt = try Versions(behind("1", ["a"]), behind("2", []), answer: Self.high).diff()
    #expect(behindIt.verdict == .undecidable)
    #expect(behindIt.notCompared.map(\.step) == ["a"])
  }

  @Test func `an unknown callee hides the call`() throws {
    func flows(_ id: Value) -> [FlowBuilder] {
      var helper = FlowBuilder("helper")
      helper.card("start", "control:callable")
      helper.card("mail", "mail:sendEmail", ["Email/Body": .constant("x")])
      return Self.asking(id) { flow in
        flow.card("call", "control:spawn", ["flo:flo": .wire("ask.level")])
      } + [helper]
    }
    let versions = try Versions(flows("1"), flows("2")) { request in
      request.path == "ask" ? .gives(["level": "helper"]) : .gives([:])
    }
    let result = versions.diff()
    #expect(result.verdict == .undecidable)
    #expect(result.notCompared.map(\.step) == ["call/mail"])
  }

  @Test func `a report names would-be starts and reasons for skipping`() throws {
    let program = try RunInMemory.program(Self.asking("1") { _ in })
    let differ = Differ(old: program, new: program)
    var report = DiffReport(differ)
    report.add(differ.diff(RunInMemory.record(program, savesValues: false)))
    #expect(report.summary.counts == [.skipped: 1])
    #expect(!report.hasFindings)
    report.wouldStart.add(WouldStart(position: Position(7), id: "e7", type: "user.created"))
    #expect(report.hasFindings)
    guard case .object(let value) = report.value else {
      Issue.record("no object")
      return
    }
    #expect(
      value["wouldStart"] == [
        "count": 1, "examples": [["position": 7, "id": "e7", "type": "user.created"]],
      ]
    )
  }
}
