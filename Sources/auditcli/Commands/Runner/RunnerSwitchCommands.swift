internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Values

struct RunnerPauseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pause",
    abstract: "Start no flow from now on; what runs ends.",
    discussion: """
      EXAMPLES
        auditcli runner pause --why "Slack is down"
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var actor: ActorOptions

  func run() throws { try RunnerStatus(global).move(to: true, actor) }
}

struct RunnerResumeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Start flows again, and those that waited first.",
    discussion: """
      EXAMPLES
        auditcli runner resume
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var actor: ActorOptions

  func run() throws { try RunnerStatus(global).move(to: false, actor) }
}

struct RunnerStatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Tell whether flows are started, and since when not.",
    discussion: """
      EXAMPLES
        auditcli runner status
        auditcli --json runner status
      """
  )

  @OptionGroup var global: GlobalOptions

  func run() throws {
    let log = try global.openForReading()
    try RunnerStatus(global).tell(log)
  }
}

/// What the three commands tell.
private struct RunnerStatus {
  private let global: GlobalOptions

  init(_ global: GlobalOptions) {
    self.global = global
  }

  func move(to paused: Bool, _ actor: ActorOptions) throws {
    let log = try global.openForWriting(creating: false)
    let author = FlowRegistry.Author(actor: actor.claimed, why: actor.reason)
    if try !RunnerSwitch(log).set(paused: paused, by: author) {
      Output.message(paused ? "It is paused already." : "It is not paused.")
    }
    try tell(log)
  }

  func tell(_ log: EventLog) throws {
    let state = try RunnerSwitch(log).state()
    let isServed = try Claim.isHeld(Array("runner".utf8), in: log)
    if global.json {
      Output.json([
        "paused": .boolean(state.isPaused), "served": .boolean(isServed),
        "since": state.since.map { .text(Instant(milliseconds: $0).iso8601) } ?? .null,
        "actor": state.actor.map { .text(Text($0)) } ?? .null,
        "why": state.why.map { .text(Text($0)) } ?? .null,
      ])
    } else {
      Output.line(Self.line(state, isServed: isServed))
    }
    Coverage(size: try log.size().count).write(json: global.json)
  }

  private static func line(_ state: RunnerSwitch.State, isServed: Bool) -> String {
    let server = isServed ? "a server runs" : "no server runs that starts flows"
    guard state.isPaused else { return "Flows are started; \(server)." }
    let since = state.since.map { " since " + TimeText.of($0) } ?? ""
    let actor = state.actor.map { " by " + $0.visible } ?? ""
    let why = state.why.map { ": " + $0.visible } ?? ""
    return "Flows are paused\(since)\(actor)\(why); \(server)."
  }
}
