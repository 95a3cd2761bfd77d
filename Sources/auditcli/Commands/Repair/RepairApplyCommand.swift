internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Foundation
internal import Replay
internal import Values

struct RepairApplyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Send what a plan of repairs says, and nothing else.",
    discussion: """
      Each execution is repaired once, whoever applies what plan. One whose flow, tables or history have \
      changed since is left alone, and so is one that waits for a decision. A repair that comes to \
      something the plan does not have ends there. When it was cut off, apply the plan again: it goes on \
      where it was, and does nothing twice.

      EXIT STATUS
        2  an execution was not repaired

      EXAMPLES
        auditcli repair apply repair.plan --first 5 --connections connections.yaml
        auditcli repair apply repair.plan --per-minute 30 --stop-at 10
        auditcli repair apply repair.plan --json --why "INC-4711"
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var actor: ActorOptions
  @OptionGroup var connections: ConnectionOptions

  @Argument(help: ArgumentHelp("The plan.", valueName: "file"))
  var file: String

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Only so many of those that are not repaired yet.", valueName: "n")
  )
  var first: Int?

  @Option(
    name: .customLong("per-minute"),
    parsing: .unconditional,
    help: ArgumentHelp("Begin at most so many a minute.", valueName: "n")
  )
  var perMinute: Int?

  @Option(
    name: .customLong("stop-at"),
    parsing: .unconditional,
    help: ArgumentHelp(
      "Stop when so many of a hundred have failed, after at least five.",
      valueName: "percent"
    )
  )
  var stopAt = 20

  func validate() throws {
    guard first ?? 1 > 0, perMinute ?? 1 > 0 else {
      throw ValidationError("--first and --per-minute take numbers from 1 on.")
    }
    guard (1...100).contains(stopAt) else {
      throw ValidationError("--stop-at takes a number from 1 to 100.")
    }
  }

  func run() throws {
    try CoreFiles.forbid()
    let plan = try RepairPlan(InputFile(file).bytes, source: file)
    let log = try global.openForWriting(creating: false)
    guard try RepairLedger(log).digests(ofPlan: plan.id).contains(plan.digest) else {
      throw Failure("\(file) was planned for another store. Plan the repair in this one.")
    }
    let application = RepairApplication(
      plan,
      try RepairWork(log, for: plan),
      LiveRun(
        log: log,
        actor: actor.claimed,
        reason: actor.reason,
        connectors: try connections.services(),
        saving: .always,
        secrets: RunSecrets(connections.place),
        remedy: "Nothing was sent."
      )
    )
    try RepairLedger(log).note(applied: plan, by: application.live.author)
    var tally = RepairTally(stopAt: stopAt)
    for entry in plan.entries {
      guard tally.begun < first ?? .max, !tally.hasToStop else { break }
      let began = DispatchTime.now()
      let outcome = try Self.outcome { try application.apply(entry) }
      tally.add(outcome)
      write(entry, outcome)
      if let perMinute, tally.lastWasBegun { Self.pace(perMinute, since: began) }
    }
    if !global.json { Output.line(tally.sentence(of: plan.entries.count)) }
    Coverage(size: try log.size().count).write(json: global.json)
    if tally.open > 0 || tally.total < plan.entries.count { throw ExitStatus.found.exit }
  }

  /// What became of an execution; what is wrong with one is no reason to leave the others.
  private static func outcome(
    _ apply: () throws -> RepairApplication.Outcome
  ) throws -> RepairApplication.Outcome {
    do {
      return try apply()
    } catch let failure as Failure {
      return .refused(failure.description)
    } catch let error as RecordingError {
      return .refused("\(error)")
    }
  }

  private static func pace(_ perMinute: Int, since began: DispatchTime) {
    let passed = Double(DispatchTime.now().uptimeNanoseconds - began.uptimeNanoseconds) / 1e9
    Thread.sleep(forTimeInterval: max(0, 60 / Double(perMinute) - passed))
  }

  private func write(_ entry: RepairPlan.Entry, _ outcome: RepairApplication.Outcome) {
    let (word, by, reason) = outcome.parts
    guard !global.json else {
      return Output.json([
        "execution": .text(entry.execution), "outcome": .text(Text(word)),
        "by": by.map { .text($0) } ?? .null, "reason": reason.map { .text(Text($0)) } ?? .null,
      ])
    }
    Output.line("\(entry.execution)  \(outcome.style(word))\(by.map { "  by \($0)" } ?? "")")
    if let reason { Output.line("    \(reason.visible)") }
  }
}

extension RepairApplication.Outcome {
  /// A word for it, the execution that repairs, and why it did not.
  fileprivate var parts: (word: String, by: Text?, reason: String?) {
    switch self {
    case .repaired(let by): ("repaired", by, nil)
    case .already(let by): ("already repaired", by, nil)
    case .otherwise(let by, let reason): ("repaired otherwise", by, reason)
    case .failed(let by, let reason): ("failed", by, reason)
    case .tried(let by, let reason): ("failed before", by, reason)
    case .inDoubt(let by, let reason): ("in doubt", by, reason)
    case .refused(let reason): ("left alone", nil, reason)
    }
  }

  fileprivate var style: Style {
    switch self {
    case .repaired: .good
    case .already: .faint
    case .failed, .inDoubt: .bad
    case .refused, .tried, .otherwise: .notable
    }
  }
}
