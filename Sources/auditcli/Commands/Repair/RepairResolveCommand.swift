internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Replay
internal import Values

struct RepairResolveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resolve",
    abstract: "Say whether an effect was done of which nobody knew.",
    discussion: """
      It is kept with who said so and why. A plan that is made then reuses what was sent, and sends what \
      was not; a repair that was cut off goes on when its plan is applied again.

      EXAMPLES
        auditcli repair resolve 8d2f1c3e post not-sent --why "the channel has no such message"
        auditcli repair resolve 8d2f1c3e post sent --outputs '{"Message/Timestamp": "1764.0001"}'
      """
  )

  /// What can be said.
  enum Word: String, ExpressibleByArgument, CaseIterable {
    case sent
    case notSent = "not-sent"
  }

  @OptionGroup var global: GlobalOptions
  @OptionGroup var actor: ActorOptions

  @Argument(
    help: ArgumentHelp("The execution that has it, by id or its beginning.", valueName: "x")
  )
  var execution: String

  @Argument(help: ArgumentHelp("The path of its step.", valueName: "step"))
  var step: String

  @Argument(help: ArgumentHelp("sent or not-sent.", valueName: "word"))
  var word: Word

  @Option(
    help: ArgumentHelp("With sent: what the card gives, JSON by group/key.", valueName: "json")
  )
  var outputs: String?

  func validate() throws {
    guard outputs == nil || word == .sent else {
      throw ValidationError("--outputs goes with sent.")
    }
  }

  func run() throws {
    let log = try global.openForWriting(creating: false)
    guard let named = try HistoryView(log).execution(named: execution),
      let entry = try HistoryView(log).execution(named.root)
    else { throw Failure("there is no execution \(execution). `auditcli history` lists them.") }
    guard try !Claim.isHeld(entry.execution.bytes, in: log) else {
      throw Failure("\(entry.execution) is running: what it waits for may still be answered")
    }
    let doubts = try doubts(of: entry.execution, in: log)
    guard doubts.steps.contains(Text(step)) else {
      throw Failure(
        doubts.steps.isEmpty
          ? "no effect of \(entry.execution) is in doubt"
          : "\(step) is not in doubt; these are: "
            + doubts.steps.map(\.description).joined(separator: ", ")
      )
    }
    let failed = entry.repairs ?? entry.execution
    let ledger = RepairLedger(log)
    do {
      try ledger.resolve(
        Text(step),
        of: entry.execution,
        RepairLedger.Said(word: try said(), length: doubts.length),
        failed: failed,
        expecting: try ledger.state(of: failed).version,
        by: FlowRegistry.Author(actor: actor.claimed, why: actor.reason)
      )
    } catch EventLogError.wrongExpectedVersion {
      throw Failure("somebody else has given word of \(failed) meanwhile: look again")
    }
    if global.json {
      Output.json([
        "execution": .text(entry.execution), "step": .text(Text(step)),
        "decision": .text(Text(word.rawValue)),
      ])
    } else {
      Output.line("\(entry.execution): \(step.visible) counts as \(word.rawValue).")
    }
    Coverage(size: try log.size().count).write(json: global.json)
  }

  /// The steps with effects in doubt, and how long the recording is.
  private func doubts(
    of execution: Text,
    in log: EventLog
  ) throws -> (steps: [Text], length: UInt32) {
    let reader = RecordingReader(log)
    guard let recording = try reader.recording(of: execution),
      let cut = try reader.cutRun(of: execution)
    else { return ([], 0) }
    let answered = recording.steps.filter { step in step.requests.contains(where: \.isInDoubt) }
    let open = recording.answeredRequests.filter(\.request.isInDoubt) + recording.openRequests
    return (answered.map(\.path) + open.map(\.path), cut.length)
  }

  private func said() throws -> Resumption.Word {
    guard word == .sent else { return .notSent }
    guard let outputs else { return .sent(outputs: Object()) }
    guard let value = try? JSON.parse(Text(outputs)), case .object(let tree) = value else {
      throw Failure("--outputs is no JSON object")
    }
    return .sent(outputs: tree)
  }
}
