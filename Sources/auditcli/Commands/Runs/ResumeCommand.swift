internal import ArgumentParser
internal import Audit
internal import Connectors
internal import EventStore
internal import Flows
internal import Replay
internal import Values

struct ResumeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Take up live runs that were cut off, and bring them to their end.",
    discussion: """
      What is in the log is not done again. A request that was on its way when the run was cut off goes \
      out again where doing it twice does no harm; a service that can be asked whether it did it is \
      asked. Where nobody knows, the run stays as it is, in doubt, until you have looked and say --sent \
      or --not-sent of the request that the doubt names.

      EXIT STATUS
        2  a run failed by an error of its own, stays in doubt, or could not be taken up; with --list, \
      there are such runs

      EXAMPLES
        auditcli resume --list
        auditcli resume --all --connections connections.yaml
        auditcli resume 3f0c6b1e --not-sent post@9 --why "the channel has no such message"
        auditcli resume 3f0c6b1e --sent post@9 --outputs '{"Message/Timestamp": "1764.0001"}'
        auditcli resume 3f0c6b1e --give-up --why "the user has left"
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var actor: ActorOptions
  @OptionGroup var connections: ConnectionOptions

  @Argument(help: ArgumentHelp("Executions, by id or its beginning.", valueName: "x"))
  var executions: [String] = []

  @Flag(help: "Every live run that was cut off.")
  var all = false

  @Flag(help: "Only list them, with what each was waiting for.")
  var list = false

  @Option(help: ArgumentHelp("The request that is in doubt was done.", valueName: "step@n"))
  var sent: String?

  @Option(
    name: .customLong("not-sent"),
    help: ArgumentHelp(
      "The request that is in doubt was not done; it goes out.",
      valueName: "step@n"
    )
  )
  var notSent: String?

  @Option(
    help: ArgumentHelp("With --sent: what the card gives, JSON by group/key.", valueName: "json")
  )
  var outputs: String?

  @Flag(name: .customLong("give-up"), help: "End the run as it is: it fails as cancelled.")
  var giveUp = false

  @Flag(help: "Go on although some cards would find no service.")
  var partial = false

  func validate() throws {
    guard [list, all, !executions.isEmpty].filter({ $0 }).count == 1 else {
      throw ValidationError("Name executions, or use --all or --list.")
    }
    let words = [sent != nil, notSent != nil, giveUp].filter { $0 }.count
    guard words < 2 else {
      throw ValidationError("Of --sent, --not-sent and --give-up only one can be meant.")
    }
    guard words == 0 || executions.count == 1 else {
      throw ValidationError("--sent, --not-sent and --give-up are about one execution.")
    }
    guard outputs == nil || sent != nil else {
      throw ValidationError("--outputs goes with --sent.")
    }
  }

  func run() throws {
    guard !list else { return try CutRunList(connections: connections).write(global) }
    let log = try global.openForWriting(creating: false)
    let live = LiveRun(
      log: log,
      actor: actor.claimed,
      reason: actor.reason,
      connectors: try connections.services(),
      saving: .always,
      secrets: RunSecrets(connections.place)
    )
    let word = try word()
    let named = try named(log)
    var isWell = true
    for execution in named {
      do {
        isWell = try resume(execution, live, word) && isWell
      } catch {
        isWell = false
        Output.message("auditcli: \("\(error)".visible)")
      }
    }
    Coverage(size: try log.size().count).write(json: global.json)
    if !isWell { throw ExitStatus.found.exit }
  }
}

extension ResumeCommand {
  private func named(_ log: EventLog) throws -> [Text] {
    if all { return try CutRuns(log).all().map(\.execution) }
    var roots: [Text] = []
    for word in executions {
      guard let entry = try HistoryView(log).execution(named: word) else {
        throw Failure("there is no execution \(word). `auditcli resume --list` lists them.")
      }
      if !roots.contains(entry.root) { roots.append(entry.root) }
    }
    return roots
  }

  /// Takes up one run; false where it failed or stays in doubt.
  private func resume(_ execution: Text, _ live: LiveRun, _ word: ResumeWord?) throws -> Bool {
    if giveUp {
      try live.giveUp(execution)
    } else {
      let (outcome, cut) = try live.resume(execution, word, isPartial: partial)
      if case .inDoubt(let open, let reason) = outcome {
        write(open, cut, reason)
        return false
      }
    }
    guard let entry = try HistoryView(live.log).execution(execution) else {
      throw Failure("the execution was not recorded")
    }
    global.json ? Output.json(entry.json) : entry.writeText()
    return giveUp || entry.status != HistoryStatus.failed.text
  }

  private func write(_ open: OpenRequest, _ cut: CutRun, _ reason: String) {
    let execution = cut.header.execution
    guard !global.json else {
      return Output.json(CutRunList.line(execution, cut, then: .doubt, reason: reason))
    }
    let name = ResumeWord.name(open, cut).visible
    let path = open.path.description.visible
    Output.line("\(execution) stays in doubt at \(path): \(open.request.asked.visible).")
    for line in open.request.lines { Output.line("    \(line.visible)") }
    Output.line("  \(reason.visible)")
    Output.line("  Look, then say --sent \(name) or --not-sent \(name).")
  }

  private func word() throws -> ResumeWord? {
    if let notSent { return ResumeWord(request: notSent, outputs: nil) }
    guard let sent else { return nil }
    guard let outputs else { return ResumeWord(request: sent, outputs: Object()) }
    guard let value = try? JSON.parse(Text(outputs)), case .object(let tree) = value else {
      throw Failure("--outputs is no JSON object")
    }
    return ResumeWord(request: sent, outputs: tree)
  }
}
