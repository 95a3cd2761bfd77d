import EventStore
import Flows
import Replay
import TestSupport
import Testing
import Values

/// Every member of every recorded event is altered once, written as a new recording, and replayed.
@Suite struct AlteredEventTests {
  /// What came of replaying an altered recording.
  enum Finding: Hashable {
    case divergence(step: Text, kind: DivergenceKind)
    case skipped(SkipReason)
    case unreadable
    case none
  }

  /// A run with a read, a loop over a helper, a mail and a failing post.
  private static func story() throws -> (program: Program, events: [(type: String, data: [UInt8])])
  {
    var main = FlowBuilder("main")
    main.card("start", "control:callable", outputs: ["who"])
    main.card("ask", "okta:readUser", ["User/id": .wire("start.who")], outputs: ["name", "mail"])
    main.card(
      "loop",
      "list:each",
      [
        "list[]": .constant(["1"]), "flo:flo": .flow("helper"), "a": .item(""),
        "b": .fixed(.constant("same")),
      ]
    )
    main.card("boom", "slack:send", ["Message/Text": .wire("ask.name")])
    var helper = FlowBuilder("helper")
    helper.card("start", "control:callable", outputs: ["a", "b"])
    helper.card("end", "control:return", ["r": .wire("start.a")], outputs: ["r"])
    let flow = RecordedFlow(
      name: "story",
      flows: [main, helper],
      trigger: .call(arguments: ["who": "u1"]),
      answers: [
        "okta:readUser": .gives(["name": "Ada", "mail": "a@example.com"]), "slack:send": .notFound,
      ]
    )
    let program = Program(try flow.closure())
    var events: [(type: String, data: [UInt8])] = []
    try withTemporaryLog { log in
      var driver = TestDriver(answers: flow.answers)
      try Recorder(log).run(program, try flow.header(execution: "root"), &driver)
      events = try log.events(of: .execution("root")).map { ($0.type, $0.data) }
    }
    return (program, events)
  }

  /// Writes events as a recording into one log after another, and replays each.
  private static func finding(
    _ events: [(type: String, data: [UInt8])],
    _ program: Program
  ) throws -> Finding {
    var finding = Finding.unreadable
    try withTemporaryLog { log in
      let drafts = events.map { event in
        EventStore.EventDraft(
          type: event.type,
          source: Array("auditcli".utf8),
          stream: .execution("root"),
          data: event.data
        )
      }
      try log.append(AppendBatch(drafts))
      guard let read = try? RecordingReader(log).recording(of: "root") else {
        #expect(throws: RecordingError.self) {
          try Replayer.replay("root", in: log) { _ in program }
        }
        return
      }
      let result = Replayer.replay(read, program)
      let stored = try Replayer.replay("root", in: log) { _ in program }
      #expect(stored == result)
      switch result.outcome {
      case .identical: finding = .none
      case .skipped(let reason): finding = .skipped(reason)
      case .diverged(let found): finding = .divergence(step: found.step, kind: found.kind)
      }
    }
    return finding
  }

  /// Another value of the same kind.
  private static func altered(_ value: Value) -> Value {
    switch value {
    case .text(let text): .text(text + "x")
    case .number(let number): .number(number + 1)
    case .boolean(let boolean): .boolean(!boolean)
    case .list(let items): .list(items.isEmpty ? ["x"] : [altered(items[0])] + items.dropFirst())
    case .object(let object): .object(altered(object))
    default: "x"
    }
  }

  private static func altered(_ object: Object) -> Object {
    guard let first = object.first else { return ["x": "x"] }
    var object = object
    object[first.key] = altered(first.value)
    return object
  }

  /// What no run derives: who asked, which engine and version it was, what hashes are salted with.
  private static let notDerived: Set<String> = [
    "execution.started  actor", "execution.started  engine", "execution.started  hash",
    "execution.started  salt", "execution.started  version", "execution.finished  root",
  ]

  @Test func `every altered member of a recorded event is found, at its step`() throws {
    let (program, events) = try Self.story()
    #expect(try Self.finding(events, program) == .none)
    var types: Set<String> = []
    var unfound: Set<String> = []
    for (place, event) in events.enumerated() {
      types.insert(event.type)
      guard case .object(let data) = try JSON.parse(event.data) else { continue }
      let step = if case .text(let step)? = data["step"] { step } else { Text.empty }
      for (key, value) in data {
        var altered = data
        altered[key] = Self.altered(value)
        var copy = events
        copy[place].data = JSON.serialize(.object(altered))
        let name = "\(event.type) \(step) \(key)"
        switch try Self.finding(copy, program) {
        case .none: unfound.insert(name)
        case .unreadable: #expect(["status", "mode", "hash", "input"].contains(key), "\(name)")
        case .skipped: #expect(["execution", "savesData"].contains(key), "\(name)")
        case .divergence(let found, _):
          let isThere = found == step || found == step + "x" || key == "ordinal"
          // An end names its execution, an input is what the first step begins with.
          #expect(
            isThere || event.type == "execution.finished" || key == "input",
            "\(name) at \(found)"
          )
        }
      }
    }
    #expect(unfound == Self.notDerived)
    #expect(
      types == [
        "execution.started", "step.requested", "step.completed", "step.failed",
        "execution.finished",
      ]
    )
  }

  /// The first event with its text changed, as only somebody could do who writes to the file.
  private static let damages: [(name: String, from: String, to: String)] = [
    ("its end cut off", #""savesData":true}"#, #""savesData":true"#),
    ("more behind its end", #""savesData":true}"#, #""savesData":true}xyz"#),
    ("a parent", #""version""#, #""parent":"x","version""#),
    ("an index", #""version""#, #""index":3,"version""#),
    ("a later word on saving", #""savesData":true}"#, #""savesData":true,"savesData":false}"#),
    ("an escaped key", #""savesData":true}"#, #""saves\u0044ata":false}"#),
    ("a space before a comma", #","savesData":true}"#, #" ,"savesData":false}"#),
    ("a second mode", #""savesData":true}"#, #""savesData":true,"mode":"observed"}"#),
    ("a second input", #""savesData":true}"#, #""savesData":true,"input":{}}"#),
    ("an input that does not read", #""input":{"#, #""input":{bad"#),
    ("a trigger that does not read", #""version""#, #""triggeredBy":{bad,"version""#),
  ]

  @Test(arguments: damages.map(\.name))
  func `damage of the first event is told as whoever reads all of it tells`(
    _ name: String
  ) throws {
    let (program, events) = try Self.story()
    let damage = try #require(Self.damages.first { $0.name == name })
    let text = String(decoding: events[0].data, as: UTF8.self)
    try #require(text.contains(damage.from))
    var copy = events
    copy[0].data = Array(text.replacing(damage.from, with: damage.to).utf8)
    // The finding compares what the bytes and what the values say.
    let finding = try Self.finding(copy, program)
    #expect(finding != .none)
  }

  @Test func `every event that is left out is missed`() throws {
    let (program, events) = try Self.story()
    for place in events.indices.dropFirst() where events[place].type != "step.requested" {
      var copy = events
      copy.remove(at: place)
      let finding = try Self.finding(copy, program)
      #expect(finding != .none, "\(events[place].type) at \(place)")
    }
  }
}
