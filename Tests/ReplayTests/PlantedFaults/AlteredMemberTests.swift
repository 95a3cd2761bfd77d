import EventStore
import Flows
import TestSupport
import Testing
import Values

@testable import Replay

/// Every member of every recorded event, however deep, is altered once: the replay finds it at its step.
@Suite struct AlteredMemberTests {
  /// What came of replaying an altered recording.
  private enum Finding {
    case divergence(Divergence)
    case skipped(SkipReason)
    case unreadable
    case none
  }

  /// A member of an event, altered alone.
  private struct Fault {
    let event: Int
    let type: String
    let step: Text
    let path: [Text]

    /// The member that stands directly in the event.
    var member: String { path.first?.description ?? "" }
    /// `type member/member`, without the places of items.
    var name: String {
      let parts = path.filter { Int($0.description) == nil }
      return "\(type) \(parts.map(\.description).joined(separator: "/"))"
    }
  }

  private static func faults(_ events: [RecordedScene.RecordedData]) throws -> [Fault] {
    try events.enumerated().flatMap { place, event in
      let data = try JSON.parse(event.data)
      let step = data.value(at: ["step"])?.plainText ?? .empty
      return data.leaves.map { Fault(event: place, type: event.type, step: step, path: $0) }
    }
  }

  /// Another value of a member; of a hash another that reads.
  private static func other(_ value: Value, _ fault: Fault) -> Value {
    guard fault.path.last == "hash", let hash = value.plainText, let first = hash.bytes.first else {
      return value.another
    }
    let digit = UInt8(ascii: first == UInt8(ascii: "0") ? "1" : "0")
    return .text(Text(wtf8: [digit] + hash.bytes.dropFirst()))
  }

  /// Writes each altered recording into a stream of its own of one log, and replays it.
  private static func findings(
    _ scene: RecordedScene,
    _ events: [RecordedScene.RecordedData],
    _ faults: [Fault]
  ) throws -> [Finding] {
    let program = try scene.program()
    var findings: [Finding] = []
    try withTemporaryLog { log in
      for (number, fault) in faults.enumerated() {
        var copy = events
        let data = try JSON.parse(copy[fault.event].data)
        let other = data.value(at: fault.path).map { Self.other($0, fault) } ?? .null
        copy[fault.event].data = JSON.serialize(data.setting(fault.path, other))
        let stream = StreamID.execution(Text("root-\(number)"))
        let drafts = copy.map { event in
          EventStore.EventDraft(
            type: event.type,
            source: Array("auditcli".utf8),
            stream: stream,
            data: event.data
          )
        }
        try log.append(AppendBatch(drafts))
      }
      let reader = RecordingReader(log)
      for number in faults.indices {
        guard let read = try? reader.recording(of: Text("root-\(number)")) else {
          findings.append(.unreadable)
          continue
        }
        switch Replayer.replay(read, program).outcome {
        case .identical: findings.append(.none)
        case .skipped(let reason): findings.append(.skipped(reason))
        case .diverged(let divergence): findings.append(.divergence(divergence))
        }
      }
    }
    return findings
  }

  /// What a replay does not derive, and so does not compare, by the beginning of its name.
  private static let notDerived: [(name: String, reason: String)] = [
    ("execution.started actor", "who asked"),
    ("execution.started engine", "which engine it was, which the result names where it is another"),
    ("execution.started hash", "which version it was, by which the program was found"),
    ("execution.started version", "which version it was, for a reader"),
    ("execution.started salt", "what hashes of long values are salted with"),
    ("execution.started input/query", "given to a flow that does not read it"),
    ("execution.finished root", "which recording it is, as its stream says"),
    ("execution.resumed", "who took the run up and why, and what became of the open request"),
    ("step.answered wait", "how long a service wanted nobody to ask"),
    ("step.answered ordinal", "at a place where no step ends, as in a run that was cut off"),
    ("step.answered attempt", "one attempt told as another, which was answered alike"),
    ("step.requested attempt", "one attempt announced as the next, which asks the same"),
    ("step.completed requests/answer/value", "what a wait is answered, which gives nothing"),
  ]

  /// Members of which another value does not read as the program writes it.
  private static let closed = [
    "execution.started mode", "execution.started salt", "execution.started input/kind",
    "execution.finished status",
    "execution.resumed decision", "step.completed status", "step.failed status",
  ]

  private static func isNamed(_ fault: Fault, by names: [String]) -> Bool {
    names.contains { fault.name == $0 || fault.name.hasPrefix($0 + "/") || $0 == fault.type }
  }

  /// Where an altered member is found: at its step; what an execution begins or ends with at its call, or
  /// at the first step that is given it.
  private static func isFound(_ fault: Fault, at step: Text, callSite: Text) -> Bool {
    switch (fault.type, fault.member) {
    // An altered place is another place.
    case (_, "step"), (_, "ordinal"): true
    case ("execution.started", "input"): !step.contains("/")
    case ("execution.started", _), ("execution.finished", _): step == callSite
    // Records are given to the executions that the step calls.
    case (_, "requests"): step == fault.step || step.hasPrefix(fault.step + "[")
    default: step == fault.step
    }
  }

  @Test(arguments: RecordedScene.all)
  func `every altered member is found at its step, or is one that no run derives`(
    _ scene: RecordedScene
  ) throws {
    let events = try scene.events()
    let faults = try Self.faults(events)
    let sites = try Self.callSites(events)
    for (fault, finding) in zip(faults, try Self.findings(scene, events, faults)) {
      let name = "\(fault.name) of \(fault.step)"
      switch finding {
      case .none: #expect(Self.isNamed(fault, by: Self.notDerived.map(\.name)), "\(name)")
      case .unreadable:
        #expect(Self.isNamed(fault, by: Self.closed) || fault.path.last == "$date", "\(name)")
      case .skipped(let reason):
        #expect(reason == Self.skipReason(of: fault), "\(name): \(reason)")
      case .divergence(let found):
        let site = sites[fault.event] ?? .empty
        #expect(Self.isFound(fault, at: found.step, callSite: site), "\(name) at \(found.step)")
      }
    }
  }

  /// Why a recording with such a fault is not replayed: an execution that ends under another id goes on.
  private static func skipReason(of fault: Fault) -> SkipReason {
    switch fault.member {
    case "savesData": .digestsOnly
    case "execution": .running
    default: .inDoubt
    }
  }

  /// The call of the execution that each event begins or ends.
  private static func callSites(_ events: [RecordedScene.RecordedData]) throws -> [Int: Text] {
    var byExecution: [Value: Text] = [:]
    var sites: [Int: Text] = [:]
    for (place, event) in events.enumerated() {
      let data = try JSON.parse(event.data)
      let execution = data.value(at: ["execution"]) ?? .null
      if event.type == "execution.started" {
        byExecution[execution] = data.value(at: ["step"])?.plainText ?? .empty
      }
      sites[place] = byExecution[execution]
    }
    return sites
  }

  @Test func `every type of event is altered`() throws {
    let types = try RecordedScene.all.reduce(into: Set<String>()) { types, scene in
      types.formUnion(try scene.events().map(\.type))
    }
    #expect(types == Set(RecordedEventType.allCases.map(\.rawValue)))
  }
}
