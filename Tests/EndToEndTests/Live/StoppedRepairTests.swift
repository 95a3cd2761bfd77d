import Audit
import EventStore
import Foundation
import TestSupport
import Testing
import Values

/// Repairs whose process stands still at a bad moment, while another process repairs the same.
@Suite(.waiting) struct StoppedRepairTests {
  /// A flow that thinks for a while before it asks for anything, so that it can be stopped there.
  private static func thinking(_ repaired: RepairedStore) throws {
    var flow = FlowBuilder("notify")
    flow.card("start", "control:callable")
    let text = String(repeating: "0123456789abcdef", count: 1 << 14)
    flow.card(
      "long",
      "string:compose",
      ["_text_": .constant(.text(Text(text)))],
      outputs: ["output"]
    )
    for number in 0..<12 {
      flow.card(
        "length-\(number)",
        "string:length",
        ["string": .wire("long.output")],
        outputs: ["output:number"]
      )
    }
    for name in ["ticket", "message"] {
      repaired.ask(&flow, name, "post", ["Request/URL": repaired.address(name)])
    }
    try repaired.store.add([flow])
  }

  /// Where the process is stopped.
  enum Moment: CaseIterable {
    /// Before it has claimed the execution: it works out what to send.
    case planning
    /// Behind the claim, before the first event of its repair.
    case claimed
    /// Behind the first event, while its message is on its way.
    case begun

    /// How long the process does nothing but think, or wait for the service, in microseconds.
    fileprivate var pause: useconds_t {
      switch self {
      case .planning: 0
      case .claimed: 20_000
      case .begun: 200_000
      }
    }

    fileprivate func isReached(
      _ state: RepairLedger.State,
      _ repair: Text,
      _ log: EventLog
    ) throws -> Bool {
      switch self {
      case .planning: try Claim.isHeld(repair.bytes, in: log)
      case .claimed: !state.repairs.isEmpty
      case .begun:
        try HistoryView(log).execution(repair) != nil
      }
    }
  }

  /// A process of the program that applies a plan, and can be stopped and continued.
  private final class Applying {
    let process = Process()
    let output = Pipe()

    init(_ repaired: RepairedStore, _ plan: String) throws {
      process.executableURL = URL(fileURLWithPath: ProgramRun.path)
      process.arguments =
        ["--store", repaired.store.path, "repair", "apply", plan, "--json"] + repaired.connections
      process.standardOutput = output
      process.standardError = FileHandle.nullDevice
      try process.run()
    }

    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// What it says of the execution once it has ended.
    func outcome() throws -> Object {
      let bytes = Array(output.fileHandleForReading.readDataToEndOfFile())
      process.waitUntilExit()
      let lines = bytes.split(separator: 0x0A).compactMap { try? JSON.parse(Array($0)) }
      return try #require(
        lines.lazy.compactMap { line -> Object? in
          guard case .object(let object) = line, object.has("outcome") else { return nil }
          return object
        }.first
      )
    }
  }

  /// Stops a process at a moment, as far as it can be met; says which was met.
  private static func stop(
    _ applying: Applying,
    at moment: Moment,
    _ repaired: RepairedStore,
    _ log: EventLog,
    _ failed: Text,
    by plan: RepairPlan
  ) throws -> Moment {
    let deadline = Date().addingTimeInterval(60)
    let ledger = RepairLedger(log)
    let repair = plan.repair(of: failed)
    while applying.process.isRunning, Date() < deadline {
      if try moment.isReached(ledger.state(of: failed), repair, log) { break }
      usleep(1_000)
    }
    usleep(moment.pause)
    applying.send(SIGSTOP)
    // Who is stopped while it writes stops all others that would write.
    while try !canWrite(to: repaired.store), Date() < deadline {
      applying.send(SIGCONT)
      usleep(5_000)
      applying.send(SIGSTOP)
    }
    let state = try ledger.state(of: failed)
    if state.repairs.isEmpty { return .planning }
    return try Moment.begun.isReached(state, repair, log) ? .begun : .claimed
  }

  /// Whether another process gets to write within some seconds.
  private static func canWrite(to store: ProgramStore) throws -> Bool {
    let entry: Value = [
      "uuid": .text(Text(UUID().uuidString)), "published": "2026-03-01T08:00:00.000Z",
      "eventType": "user.session.start",
    ]
    let file = store.folder + "/entry.json"
    try Data(JSON.serialize(entry)).write(to: URL(fileURLWithPath: file))
    let limited = ["/usr/bin/timeout", "--signal=KILL", "5"]
    return try store.run("ingest", file, launcher: limited).status == 0
  }

  /// Who repairs beside the process that is stopped.
  enum Other: CaseIterable {
    case withSamePlan
    case withOtherPlan
    /// The file that says who is at work is gone, so that only the log tells.
    case withoutClaims

    /// What becomes of the repair of the process that is stopped, and of the other.
    fileprivate func outcomes(beside met: Moment) -> (stopped: String, other: String) {
      switch (self, met) {
      case (.withoutClaims, .begun): ("repaired", "in doubt")
      case (.withoutClaims, _), (.withOtherPlan, .planning): ("left alone", "repaired")
      case (.withSamePlan, _), (.withOtherPlan, _): ("repaired", "left alone")
      }
    }
  }

  @Test(arguments: Moment.allCases, Other.allCases)
  func `what a stopped process has claimed nobody else sends, and what it has not it does not send`(
    moment: Moment,
    other: Other
  ) throws {
    try RepairedStore.with(delay: 0.8) { repaired in
      let service = repaired.service
      try Self.thinking(repaired)
      service.refuse("POST /message")
      let failed = try repaired.runFlow()
      service.refuse()
      try repaired.plan()
      let plan = repaired.store.folder + "/first.plan"
      try FileManager.default.copyItem(atPath: repaired.planFile, toPath: plan)
      if other == .withOtherPlan { try repaired.plan() }
      let log = try EventLog(
        at: repaired.store.path,
        .readOnly,
        options: deterministicOptions(projections: AuditViews.all)
      )
      let applying = try Applying(repaired, plan)
      defer { applying.send(SIGKILL) }
      let met = try Self.stop(
        applying,
        at: moment,
        repaired,
        log,
        Text(failed),
        by: RepairPlan(Array(Data(contentsOf: URL(fileURLWithPath: plan))), source: plan)
      )
      if other == .withoutClaims {
        try FileManager.default.removeItem(atPath: repaired.store.path + "/claims")
      }
      let expected = other.outcomes(beside: met)
      let run = try repaired.store.run(
        ["repair", "apply", repaired.planFile, "--json"] + repaired.connections
      )
      let second = try #require(try run.objects().first { $0.has("outcome") }, "\(met): \(run)")
      #expect(second.string("outcome") == expected.other, "\(met): \(run)")
      applying.send(SIGCONT)
      let first = try applying.outcome()
      #expect(first.string("outcome") == expected.stopped, "\(met): \(first)")
      #expect(service.count("POST /message") == 1)
      #expect(service.count("POST /ticket") == 1)
      #expect(try repaired.execution(failed).has("resolvedBy"))
      print("stopped while \(met) instead of \(moment), the other \(other)")
    }
  }
}
