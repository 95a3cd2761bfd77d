internal import ArgumentParser
internal import Audit
internal import Connectors
internal import EventStore
internal import Foundation
internal import Values

struct PullOktaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "okta",
    abstract: "Append an org's System Log, and compare it with what the org's hooks delivered.",
    usage: "auditcli pull okta [<options>]",
    discussion: """
      Asks the org behind a connection (docs/connections.md), page by page, and goes on where the last \
      pull ended; it can be killed at any moment. What the log has already is not appended again, and \
      what is pulled starts no flow. Where the org has event hooks here, entries younger than \
      --wait-for-hooks are left to a later pull, and it is told what hooks did not deliver and what \
      the org's log does not have.

      EXIT STATUS
        2  something came one way only, or was left out

      EXAMPLES
        auditcli pull okta
        auditcli pull okta --connection "Acme Okta" --since 2026-09-01
        auditcli pull okta --filter 'eventType sw "user.session"' --limit-pages 10
        auditcli pull okta --follow --every 1m
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var services: ConnectionOptions

  @Option(
    help: ArgumentHelp(
      "The connection of Okta, by name or id.",
      discussion: "Default: the only one there is",
      valueName: "name"
    )
  )
  var connection: String?

  @Option(
    help: ArgumentHelp(
      "From this time on, by the org's own clock.",
      discussion: "Default: where the last pull ended; a first one begins seven days back",
      valueName: "time"
    ),
    transform: TimeArgument.init(parsing:)
  )
  var since: TimeArgument?

  @Option(
    help: ArgumentHelp(
      "A System Log filter that the org applies; each filter goes on by itself.",
      valueName: "filter"
    )
  )
  var filter: String?

  @Flag(help: "Go on pulling until it is interrupted (Ctrl-C).")
  var follow = false

  @Option(
    help: ArgumentHelp("How long to wait between two pulls.", valueName: "duration"),
    transform: DurationArgument.init(parsing:)
  )
  var every: DurationArgument?

  @Option(help: ArgumentHelp("At most that many pages.", valueName: "n"))
  var limitPages: Int?

  @Option(
    help: ArgumentHelp(
      "How long hooks have to deliver an entry before it is pulled.",
      discussion: "Default: 10m",
      valueName: "duration"
    ),
    transform: DurationArgument.init(parsing:)
  )
  var waitForHooks: DurationArgument?

  private static let usualPause: Int64 = 60_000

  func validate() throws {
    if let limitPages, limitPages < 1 {
      throw ValidationError("--limit-pages takes a number from 1.")
    }
    guard every == nil || follow else { throw ValidationError("--every is for --follow.") }
    if let every, every.milliseconds < 1_000 {
      throw ValidationError("--every takes a second at least.")
    }
  }

  func run() throws {
    let org = try services.services().orgReader(named: connection)
    let log = try global.openForWriting()
    var pull = try SystemLogPull(
      log,
      url: org.url,
      connection: org.label,
      options,
      PullWorld(ask: Self.asking(org), now: ProcessWorld.now, sleep: Self.sleep)
    )
    let answer = PullAnswer(org: org.url, connection: org.label, filter: filter, json: global.json)
    var (isFirst, hasFound) = (true, false)
    repeat {
      if !isFirst { Self.sleep(Double(every?.milliseconds ?? Self.usualPause)) }
      if let report = try round(&pull, answer) {
        if isFirst || PullAnswer.isNews(report) { answer.write(report) }
        hasFound = hasFound || PullAnswer.hasFound(report)
      }
      isFirst = false
      if follow { Output.flush() }
    } while follow
    Coverage(size: try log.size().count).write(json: global.json)
    if hasFound { throw ExitStatus.found.exit }
  }

  private var options: PullOptions {
    var options = PullOptions()
    options.filter = filter
    options.since = since?.milliseconds
    if let limitPages { options.pageLimit = limitPages }
    if let waitForHooks { options.patience = waitForHooks.milliseconds }
    return options
  }

  /// One pull; nil where it did not come to its end, and the next one may.
  private func round(_ pull: inout SystemLogPull, _ answer: PullAnswer) throws -> PullReport? {
    var line = ProgressLine("Pulling")
    defer { line.clear() }
    do {
      return try pull.run { progress in
        line.show(UInt64(progress.entries), of: nil, unit: "entries")
      }
    } catch let error as InterruptedPull {
      line.clear()
      if !follow || PullAnswer.isNews(error.report) { answer.write(error.report) }
      guard follow, error.isPassing else { throw error }
      Output.message("\(error.reason); the next pull goes on from there.")
      return nil
    }
  }

  private static func asking(
    _ org: OrgReader
  ) -> @Sendable (String) throws(PullFailure) -> PulledAnswer {
    { address throws(PullFailure) in
      do throws(OrgFailure) {
        let answer = try org.get(address)
        return PulledAnswer(
          status: answer.status,
          body: answer.body,
          next: answer.next,
          waitMilliseconds: answer.waitMilliseconds,
          redirect: answer.redirect,
          isCutShort: answer.isCutShort
        )
      } catch {
        switch error {
        case .elsewhere(let reason): throw .elsewhere(reason)
        case .tooLong(let reason): throw .tooLong(reason)
        case .passing(let reason): throw .passing(reason)
        case .lasting(let reason): throw .lasting(reason)
        }
      }
    }
  }

  @Sendable private static func sleep(_ milliseconds: Double) {
    Thread.sleep(forTimeInterval: milliseconds / 1_000)
  }
}
