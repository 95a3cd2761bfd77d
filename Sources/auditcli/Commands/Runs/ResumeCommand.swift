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
      or --not-sent.

      EXIT STATUS
        2  a run failed by an error of its own, or stays in doubt

      EXAMPLES
        auditcli resume --list
        auditcli resume --all
        auditcli resume 3f0c6b1e --not-sent --why "the channel has no such message"
        auditcli resume 3f0c6b1e --sent --outputs '{"Message/Timestamp": "1764.0001"}'
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

  @Flag(help: "The request that is in doubt was done.")
  var sent = false

  @Flag(
    name: .customLong("not-sent"),
    help: "The request that is in doubt was not done; it goes out."
  )
  var notSent = false

  @Option(
    help: ArgumentHelp("With --sent: what the card gives, JSON by group/key.", valueName: "json")
  )
  var outputs: String?

  func validate() throws {
    guard list || all || !executions.isEmpty else {
      throw ValidationError("Name executions, or use --all or --list.")
    }
    guard !(sent && notSent) else {
      throw ValidationError("A request was sent or it was not; both cannot be.")
    }
    guard !(sent || notSent) || executions.count == 1 else {
      throw ValidationError("--sent and --not-sent are about one execution.")
    }
    guard outputs == nil || sent else { throw ValidationError("--outputs goes with --sent.") }
  }

  func run() throws {
    guard !list else { return try writeList() }
    let log = try global.openForWriting(creating: false)
    let live = LiveRun(
      log: log,
      actor: actor.claimed,
      reason: actor.reason,
      connectors: try connections.services(),
      saving: .always
    )
    LiveWorld.forbidCoreDumps()
    var found = false
    for execution in try named(log) {
      let isWell = try resume(execution, live)
      found = found || !isWell
    }
    Coverage(size: try log.size().count).write(json: global.json)
    if found { throw ExitStatus.found.exit }
  }

  private func named(_ log: EventLog) throws -> [Text] {
    if all { return try CutRuns(log).all().map(\.execution) }
    return try executions.map { word in
      guard let entry = try HistoryView(log).execution(named: word) else {
        throw Failure("there is no execution \(word). `auditcli resume --list` lists them.")
      }
      return entry.root
    }
  }

  /// Takes up one run; false where it failed or stays in doubt.
  private func resume(_ execution: Text, _ live: LiveRun) throws -> Bool {
    switch try live.resume(execution, try word()) {
    case .inDoubt(let open, let reason):
      if global.json {
        Output.json(Self.line(execution, open, reason: reason))
      } else {
        Output.line("\(execution) stays in doubt at \(open.path): \(open.request.asked).")
        Output.line("  \(reason) Look, then say --sent or --not-sent.")
      }
      return false
    case .finished(let outcome):
      guard let entry = try HistoryView(live.log).execution(execution) else {
        throw Failure("the execution was not recorded")
      }
      global.json ? Output.json(entry.json) : entry.writeText()
      return outcome.end.status != .failed
    }
  }

  private func word() throws -> Resumption.Word? {
    if notSent { return .notSent }
    guard sent else { return nil }
    guard let outputs else { return .sent(outputs: Object()) }
    guard let value = try? JSON.parse(Text(outputs)), case .object(let tree) = value else {
      throw Failure("--outputs is no JSON object")
    }
    return .sent(outputs: tree)
  }
}

extension ResumeCommand {
  private func writeList() throws {
    let log = try global.openForReading()
    var table = TextTable("EXECUTION", "FLOW", "STARTED", "WAITS FOR", "THEN")
    var count = 0
    for entry in try CutRuns(log).all() {
      guard let cut = try RecordingReader(log).cutRun(of: entry.execution) else { continue }
      count += 1
      if global.json {
        Output.json(Self.line(entry.execution, cut.open, reason: nil))
        continue
      }
      table.add(
        entry.execution.description,
        entry.flowName?.description ?? "",
        TimeText.of(entry.started),
        cut.open?.request.asked ?? "",
        cut.open == nil ? "it goes on" : "the effect decides"
      )
      if let open = cut.open { table.note([open.path.description]) }
    }
    if !global.json { count == 0 ? Output.line("No live run was cut off.") : table.write() }
    Coverage(size: try log.size().count).write(json: global.json)
    if count > 0 { throw ExitStatus.found.exit }
  }

  private static func line(_ execution: Text, _ open: OpenRequest?, reason: String?) -> Object {
    var line: Object = ["execution": .text(execution)]
    line["step"] = open.map { .text($0.path) } ?? .null
    line["request"] = open?.request.request ?? .null
    line["reason"] = reason.map { .text(Text($0)) } ?? .null
    return line
  }
}

extension RecordedRequest {
  /// What was asked, in a word.
  fileprivate var asked: String { method.map { "\($0)" } ?? "the passing of time" }
}
