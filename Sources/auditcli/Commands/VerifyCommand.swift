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

      EXIT STATUS
        2  something is wrong
        3  intact, but no checkpoint outside the store vouches for it yet

      EXAMPLES
        auditcli verify
        auditcli verify --deep --json
      """
  )

  @OptionGroup var global: GlobalOptions

  @Flag(help: "Compare index rows, views and stored values too.")
  var deep = false

  func run() throws {
    guard FileManager.default.fileExists(atPath: global.storePath + "/data.mdb") else {
      throw EventLogError.noStore(path: global.storePath)
    }
    let report = try VerificationChild(store: global.storePath, isDeep: deep).run()
    global.json ? Output.json(report.json) : writeText(report)
    Coverage(size: report.events).write(json: global.json)
    throw (report.problems.isEmpty ? ExitStatus.unanchored : .found).exit
  }

  private func writeText(_ report: VerificationReport) {
    guard !report.problems.isEmpty else {
      Output.line(
        "\(Style.good("intact")): \(report.events) events, root \(report.root)"
      )
      Output.message(
        "Not anchored: nothing outside the store vouches for this root. Keep it elsewhere."
      )
      return
    }
    Output.line("\(Style.bad("not intact")): \(report.problems.count) problems")
    for problem in report.problems {
      let place = problem.position.map { " at position \($0)" } ?? ""
      Output.line("  \(problem.kind)\(place): \(problem.detail.visible)")
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

  func run() throws {
    let file = try FileManager.default.attributesOfItem(atPath: global.storePath + "/data.mdb")
    let size = (file[.size] as? NSNumber)?.intValue ?? 0
    let log = try global.openForReading(mapSize: (size + 4095) / 4096 * 4096)
    let verification = try log.verify(deep ? .deep : .plain) { progress in
      Output.json([
        "done": .number(Double(progress.done)), "total": .number(Double(progress.total)),
      ])
      Output.flush()
    }
    Output.json(VerificationReport(verification).json)
  }
}
