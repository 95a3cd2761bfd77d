internal import Audit
internal import EventStore
internal import Flows
internal import Foundation
internal import Replay
internal import TestSupport
internal import Values

/// A log of deliveries and the live runs that they started, made from a seed: the same seed gives the
/// same log, byte for byte.
///
/// Each delivery of a breached credential is appended, and starts the fixtures' flow *Breached
/// credential*: a loop over the helper *Warn one user*, which asks Slack for the user, writes to him and
/// sends a mail. One user in a hundred has no Slack account, so that the run fails; one risk in a hundred is low, so
/// that the run takes the other arm.
struct GeneratedHistory {
  /// How many of the runs failed, and how many took the rare arm.
  private(set) var counts = (failed: 0, rare: 0)
  /// How many events the log has, and the root of their tree.
  let size: LogSize

  /// The flow, by the versions that the history has: the one that ran, one with another text in the rare
  /// arm, one with another text in the usual one, and one that bears users without Slack account.
  static let flow = "Breached credential"

  /// How many runs go on at once.
  private static let together = 250

  /// Makes a log with so many runs.
  init(_ path: String, _ executions: Int, seed: UInt64) throws {
    let world = SeededWorld(seed: seed)
    let log = try EventLog(at: path, options: world.options)
    var runs = try StartedBreaches(log, world)
    var rest = executions
    while rest > 0 {
      try runs.deliver(min(rest, Self.together))
      rest -= Self.together
    }
    try runs.finish()
    counts = runs.counts
    try Self.addVersions(to: log)
    size = try log.size()
  }

  private static func addVersions(to log: EventLog) throws {
    let first = "breached-password-v1.flopack"
    let edits = [
      ("Please choose another password", "Choose another password"),
      ("Please change your password today.", "Change your password today."),
    ]
    for (old, new) in edits {
      try register(text(first).replacing(old, with: new), in: log)
    }
    try register(text("breached-password-v2.flopack"), in: log)
  }

  static func text(_ pack: String) throws -> String {
    String(decoding: try Fixtures.bytes("flows/" + pack), as: UTF8.self)
  }

  /// Registers the flows of an export; returns the one that requests start.
  @discardableResult
  static func register(_ export: String, in log: EventLog) throws -> RegisteredFlow {
    let pack = try FlowPack.load(Array(export.utf8), source: "fixtures")
    let author = FlowRegistry.Author(actor: "ada@example.com", why: nil)
    let added = try FlowRegistry(log).add(pack, source: "fixtures", by: author)
    guard added.allSatisfy(\.isNew),
      let flow = added.map(\.flow).first(where: { $0.name == Text(flow) })
    else { throw Failure("an edit of the fixtures' flow changes nothing") }
    return flow
  }
}

/// Deliveries that start runs of a flow, a group of them at a time.
private struct StartedBreaches {
  private(set) var counts = (failed: 0, rare: 0)
  private let log: EventLog
  private let world: SeededWorld
  private let flow: RegisteredFlow
  private let program: Program
  private let version: FlowVersion
  private let planner: StartPlanner
  private let driver: LiveStandIn
  private let template: String
  private let reader = InboundReader()
  private let json = JSONReader()
  private let intake = Intake(defaultOrigin: Array("https://acme.example.com".utf8))
  private var group: RecordingGroup<LiveStandIn>

  init(_ log: EventLog, _ world: SeededWorld) throws {
    (self.log, self.world) = (log, world)
    flow = try GeneratedHistory.register(
      GeneratedHistory.text("breached-password-v1.flopack"),
      in: log
    )
    let closure = try FlowRegistry(log).closure(of: flow)
    program = Program(closure)
    version = FlowVersion(closure)
    planner = try StartPlanner(log)
    driver = try LiveStandIn(program, closure, world)
    let sent = try Fixtures.bytes("events/breached-credential-deliveries.ndjson")
    template = String(decoding: sent.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    group = RecordingGroup(log)
  }

  /// Appends deliveries and begins what they start.
  mutating func deliver(_ count: Int) throws {
    var drafts: [EventStore.EventDraft] = []
    var deliveries: [Int] = []
    for _ in 0..<count {
      deliveries.append(drafts.count)
      try add(delivery(), to: &drafts)
    }
    let outcomes = try log.append(AppendBatch(drafts))
    for place in deliveries { try start(outcomes[place].position) }
  }

  mutating func finish() throws { try take(group.finish()) }

  /// The fixtures' first delivery, of another event of another user.
  private mutating func delivery() -> String {
    let isRare = world.once(in: 100)
    let isUnknown = world.once(in: 100)
    let id = ExecutionID.text(of: world.entropy(16)).description
    let user = (isUnknown ? "nobody." : "user.") + id.prefix(8)
    if isRare { counts.rare += 1 } else if isUnknown { counts.failed += 1 }
    var text = template.replacing("mara.lindqvist", with: user)
    if isRare { text = text.replacing("level=HIGH", with: "level=LOW") }
    return text.replacing("01e43a23-26fc-4208-8953-1afe325e420d", with: id)
      .replacing("8b603439-e01b-4829-a778-f135ce007c0b", with: "e-" + id)
      .replacing("00u1kx3K9DIaydScXcjF", with: "00u1kx3K" + id.suffix(12))
  }

  private func add(_ delivery: String, to drafts: inout [EventStore.EventDraft]) throws {
    let events = try reader.read(Array(delivery.utf8), as: .oktaEventHook)
    Array(delivery.utf8).withUnsafeBytes { document in
      _ = intake.forEachDraft(of: events, in: document, from: drafts.count, json) {
        drafts.append(EventStore.EventDraft(copying: $0))
      }
    }
  }

  private mutating func start(_ position: Position) throws {
    guard let event = try log.event(at: position) else { throw Failure("a delivery is gone") }
    guard let trigger = try planner.decision(on: event, by: flow).trigger else {
      throw Failure("a delivery starts nothing")
    }
    let header = RecordingHeader(
      execution: ExecutionID.text(of: world.entropy(ExecutionID.byteCount)),
      version: version,
      number: flow.version,
      mode: .live,
      actor: "runner",
      cause: RecordedCause(position: position, type: Text(event.type)),
      input: trigger,
      salt: world.entropy(16)
    )
    try take(group.add(program, header, driver))
  }

  private func take(_ ended: [RecordingGroup<LiveStandIn>.Ended]) throws {
    for run in ended { _ = try run.outcome.get() }
  }
}

/// Answers a live run by a script, as services would.
private struct LiveStandIn: Driver {
  private var local: LocalDriver

  private static let script = """
    {"answers": [
      {"connector": "slack", "method": "readUser2",
       "when": {"User/Email": {"startsWith": "nobody."}},
       "error": {"kind": "Not Found", "message": "No such user.", "statusCode": 404}},
      {"connector": "slack", "method": "readUser2",
       "outputs": {"User/User ID": "U0GDRYHP64", "User/Full Name": "A User"}},
      {"connector": "slack", "method": "sendDirectMessage2",
       "outputs": {"Message/Timestamp": "1789380000.000100"}},
      {"connector": "gmail", "method": "sendEmail2", "outputs": {"Email/Message ID": "mail-1"}}
    ]}
    """

  init(_ program: Program, _ closure: FlowClosure, _ world: SeededWorld) throws {
    local = LocalDriver(
      program,
      closure: closure,
      script: try ScriptedAnswers(Array(Self.script.utf8), source: "the benchmark"),
      ambient: AmbientSources(
        now: { Instant(milliseconds: world.now()) },
        random: { Array(repeating: 0.5, count: $0) },
        newID: { ExecutionID.text(of: world.entropy(ExecutionID.byteCount)) },
        zones: ZoneDatabase { _ in nil }
      )
    )
  }

  mutating func reach(of request: EffectRequest) throws -> EffectReach {
    let reach = try local.reach(of: request)
    return reach == .standIn ? .outside : reach
  }

  mutating func answer(_ request: EffectRequest) throws -> EffectReply { try local.answer(request) }

  mutating func refresh() throws { local.refresh() }
}
