public import EventStore
public import Replay
public import Values

/// What the log tells of repairs: who planned and applied them, which execution repairs which, and what people said of
/// effects in doubt.
///
/// Each failed execution has a stream of its own, `repair-` and its id. Whoever appends to it says how long it was when they
/// looked, so that two people cannot both repair one execution.
public struct RepairLedger: Sendable {
  /// An execution that was begun to repair another.
  public struct Repair: Hashable, Sendable {
    /// Its id.
    public let execution: Text
    /// The plan that it was begun by.
    public let plan: Text
    /// The digest of that plan with what was decided in it.
    public let decided: Text
    /// Who began it, as claimed.
    public let actor: String
    /// When, in milliseconds since 1970.
    public let time: Int64
  }

  /// What is known of the repairs of one execution.
  public struct State: Sendable {
    /// How often somebody began a repair or gave word.
    public internal(set) var version: UInt32 = 0
    /// The executions that were begun, oldest first.
    public internal(set) var repairs: [Repair] = []
    /// What was said last of each effect in doubt, by the execution and the path of its step.
    public internal(set) var words: [Text: [Text: Said]] = [:]
  }

  /// What somebody said of an effect in doubt.
  public struct Said: Hashable, Sendable {
    /// What they said.
    public let word: Resumption.Word
    /// How many events the recording had that they looked at.
    public let length: UInt32

    /// Makes what somebody said.
    public init(word: Resumption.Word, length: UInt32) {
      self.word = word
      self.length = length
    }
  }

  enum EventType: String {
    case planned = "repair.planned"
    case applied = "repair.applied"
    case begun = "repair.begun"
    case resolved = "repair.resolved"
  }

  private let log: EventLog

  /// The ledger of a log.
  public init(_ log: EventLog) {
    self.log = log
  }

  /// What is known of the repairs of an execution.
  ///
  /// - Throws: `EventLogError`.
  /// - Complexity: O(*n*) in how often it was repaired.
  public func state(of execution: Text) throws -> State {
    var state = State()
    for event in try log.events(of: Self.stream(of: execution)) {
      state.version += 1
      guard let data = ViewRow.object(event.data) else { continue }
      switch EventType(rawValue: event.type) {
      case .begun:
        guard let repair = Repair(data, event) else { continue }
        state.repairs.append(repair)
      case .resolved:
        guard let step = data.textAt("step"), let recorded = data.textAt("execution"),
          let said = Self.said(data)
        else { continue }
        state.words[recorded, default: [:]][step] = said
      case .planned, .applied, nil: continue
      }
    }
    return state
  }

  /// Begins the repair of an execution, before anything of it is done.
  ///
  /// - Throws: `EventLogError.wrongExpectedVersion` where somebody else has begun one, or given word, since the ledger
  ///   had that version.
  @available(*, noasync)
  public func begin(
    _ repair: Text,
    of execution: Text,
    plan: Text,
    decided: Text,
    expecting version: UInt32,
    by author: FlowRegistry.Author
  ) throws {
    let members: Object = [
      "execution": .text(execution), "repair": .text(repair), "plan": .text(plan),
      "decided": .text(decided),
    ]
    var draft = Self.draft(.begun, Self.stream(of: execution), members, author)
    draft.expectedVersion = .exactly(version)
    try log.append(AppendBatch([draft]))
  }

  /// Records what somebody who looked says of an effect in doubt of a failed execution, or of one that was to repair it:
  /// the `recorded` one.
  ///
  /// - Throws: `EventLogError.wrongExpectedVersion` where somebody else has been quicker.
  @available(*, noasync)
  public func resolve(
    _ step: Text,
    of recorded: Text,
    _ said: Said,
    failed execution: Text,
    expecting version: UInt32,
    by author: FlowRegistry.Author
  ) throws {
    var members: Object = [
      "execution": .text(recorded), "step": .text(step), "length": .whole(said.length),
    ]
    switch said.word {
    case .sent(let outputs):
      members["decision"] = .text("sent")
      members["outputs"] = RecordedValue.encodeTree(.object(outputs))
    case .notSent: members["decision"] = .text("not-sent")
    }
    var draft = Self.draft(.resolved, Self.stream(of: execution), members, author)
    draft.expectedVersion = .exactly(version)
    try log.append(AppendBatch([draft]))
  }

  /// Records that a plan was made; what it says is known by its digest.
  @available(*, noasync)
  public func note(planned plan: RepairPlan, by author: FlowRegistry.Author) throws {
    var members = plan.counts
    if !plan.edits.isEmpty { members["edits"] = .list(plan.edits.map { .text($0.text) }) }
    members["plan"] = .text(plan.id)
    members["digest"] = .text(plan.digest)
    try log.append(
      AppendBatch([Self.draft(.planned, Self.stream(ofPlan: plan.id), members, author)])
    )
  }

  /// Records that a plan is being applied, with what was decided in it.
  @available(*, noasync)
  public func note(applied plan: RepairPlan, by author: FlowRegistry.Author) throws {
    let members: Object = [
      "plan": .text(plan.id), "digest": .text(plan.digest),
      "decided": .text(plan.digestWithDecisions),
    ]
    try log.append(
      AppendBatch([Self.draft(.applied, Self.stream(ofPlan: plan.id), members, author)])
    )
  }

  /// The digests under which a plan was made in this log; empty where it was made elsewhere.
  public func digests(ofPlan id: Text) throws -> [Text] {
    try log.events(of: Self.stream(ofPlan: id)).compactMap { event in
      guard event.type == EventType.planned.rawValue else { return nil }
      return ViewRow.object(event.data)?.textAt("digest")
    }
  }
}

extension RepairLedger.State {
  /// The same without an execution that was begun.
  public func without(_ execution: Text) -> Self {
    var state = self
    state.repairs.removeAll { $0.execution == execution }
    return state
  }
}

extension RepairLedger {
  static func stream(of execution: Text) -> StreamID {
    StreamID(bytes: Array("repair-".utf8) + execution.bytes)
  }

  static func stream(ofPlan plan: Text) -> StreamID {
    StreamID(bytes: Array("repair-plan-".utf8) + plan.bytes)
  }

  private static func draft(
    _ type: EventType,
    _ stream: StreamID,
    _ members: Object,
    _ author: FlowRegistry.Author
  ) -> EventStore.EventDraft {
    EventStore.EventDraft(type.rawValue, in: stream, members, subject: nil, by: author)
  }

  private static func said(_ data: Object) -> Said? {
    let length = data.integer("length").flatMap { UInt32(exactly: $0) } ?? 0
    switch data.textAt("decision") {
    case "sent":
      let tree = data["outputs"].flatMap { try? RecordedValue.decodeTree($0) }
      guard case .object(let outputs)? = tree else { return nil }
      return Said(word: .sent(outputs: outputs), length: length)
    case "not-sent": return Said(word: .notSent, length: length)
    default: return nil
    }
  }
}

extension RepairLedger.Repair {
  fileprivate init?(_ data: Object, _ event: Event) {
    guard let execution = data.textAt("repair"), let plan = data.textAt("plan"),
      let decided = data.textAt("decided")
    else { return nil }
    self.init(
      execution: execution,
      plan: plan,
      decided: decided,
      actor: String(decoding: event.attributes.actor, as: UTF8.self),
      time: event.recordedTime
    )
  }
}
