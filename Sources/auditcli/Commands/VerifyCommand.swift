internal import ArgumentParser
internal import EventStore
internal import Foundation
internal import Values

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Re-derive from the events' bytes what the store says about them.",
    discussion: """
      Reads every event, hashes it, and compares leaves, tree and links; --deep compares every index \
      row, view and stored value too, in one snapshot, which keeps the file from reusing pages \
      meanwhile. The work is done in a process of its own, since damage inside the file can end it.

      Whoever can write to the file can also write a new tree over other events. So keep the printed \
      root and the number of events where they cannot write; --root takes it back, and says whether \
      the first events still are the ones whose root you kept.

      EXIT STATUS
        0  intact, and --root is the root of its events
        2  something is wrong, or --root is another root than the events have
        3  intact, but nothing outside the store vouches for it

      EXAMPLES
        auditcli verify
        auditcli verify --deep --json
        auditcli verify --size 205 \
          --root eabefd063785c03d649b576eea19052b729458a52e987f5e53a2801b5817e802
      """
  )

  @OptionGroup var global: GlobalOptions

  @Flag(help: "Compare index rows, views and stored values too.")
  var deep = false

  @OptionGroup var kept: KeptRootOptions

  func run() throws {
    try EventLog.requireStore(at: global.storePath)
    let report = try VerificationChild(store: global.storePath, isDeep: deep, kept: kept).run()
    global.json ? Output.json(report.json) : writeText(report)
    Coverage(size: report.events, anchored: report.anchored, gaps: report.gaps)
      .write(json: global.json)
    if report.status != .done { throw report.status.exit }
  }

  private func writeText(_ report: VerificationReport) {
    if report.problems.isEmpty {
      Output.line("\(Style.good("intact")): \(report.events) events, root \(report.root)")
    } else {
      let count = report.problems.count
      Output.line(
        "\(Style.bad("not intact")): \(count == 1 ? "1 problem" : "\(count) problems")"
      )
      for problem in report.problems {
        let place = problem.position.map { " at position \($0)" } ?? ""
        Output.line("  \(problem.kind)\(place): \(problem.detail.visible)")
      }
    }
    if let kept = report.kept {
      write(kept, report)
    } else if report.problems.isEmpty {
      Output.message(
        "Not anchored: nothing outside the store vouches for this root. Keep it elsewhere, and later "
          + "give it back: auditcli verify --root \(report.root) --size \(report.events)"
      )
    }
  }

  private func write(_ kept: VerificationReport.Kept, _ report: VerificationReport) {
    guard !kept.holds else {
      Output.line(
        "\(Style.good("anchored by you")): the first \(kept.size) events are those whose root was kept"
      )
      let rest = report.events - kept.size
      if rest > 0 { Output.message("Nothing outside vouches for the \(rest) behind them.") }
      return
    }
    Output.line("\(Style.bad("another root")) over the first \(kept.size) events")
    Output.line("  kept     \(kept.given)")
    Output.line("  derived  \(kept.derived ?? "none: there are \(report.events) events only")")
    if kept.size == report.events, kept.derived != nil {
      Output.message("If the log has grown since the root was kept, tell of how many by --size.")
    }
  }
}

/// The part of `verify` that reads the file; ends with it where the damage is bad enough.
struct VerifyWorkerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify-worker",
    abstract: "The reading part of verify.",
    shouldDisplay: false
  )

  @OptionGroup var global: GlobalOptions

  @Flag var deep = false

  @OptionGroup var kept: KeptRootOptions

  func run() throws {
    let file = try FileManager.default.attributesOfItem(atPath: global.storePath + "/data.mdb")
    let size = (file[.size] as? NSNumber)?.intValue ?? 0
    // Hardly more than the file, since damaged pages point anywhere; room for what is appended meanwhile.
    let log = try global.openForReading(mapSize: (2 * size + (4 << 30)) / 4096 * 4096)
    let before = try log.commitNumbers()
    let report = try report(on: log)
    // What is intact is so whatever was written beside it.
    if !report.problems.isEmpty, !log.isLocked, try log.commitNumbers() != before {
      throw Failure(
        "somebody wrote the store meanwhile, and you cannot write its folder, so that nothing held "
          + "them up. Verify a copy, or as a user who can."
      )
    }
    Output.json(report.json)
  }

  private func report(on log: EventLog) throws -> VerificationReport {
    do {
      let verification = try log.verify(deep ? .deep : .plain, rootOfFirst: kept.size) { progress in
        Output.json([
          "done": .number(Double(progress.done)), "total": .number(Double(progress.total)),
        ])
        Output.flush()
      }
      return VerificationReport(verification, kept: kept.digits, size: kept.size)
    } catch let error as LMDBError where error.isDamage {
      return VerificationReport(damage: "\(error.function): \(error.text)")
    }
  }
}
