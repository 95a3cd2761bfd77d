internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Flows
internal import Foundation
internal import Replay
internal import Values

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a flow on this machine and record every step.",
    discussion: """
      Nothing outside is touched: what connectors are asked is answered by a file (docs/answers.md) \
      or made up. With --live the services behind the flow's connections are asked, and what the flow \
      does is done (docs/connections.md); if the run is cut off, `auditcli resume` takes it up. A flow without its own event takes its input from --input: the arguments of a \
      helper, the body of an API endpoint, the inputs of a delegated flow, the events of a connector. \
      With --event, an event of the log starts it as `ingest --start` would have, and is its cause.

      Of a flow whose export switches the saving of data off, and of all that calls it, digests are \
      recorded and no values; that cannot be replayed. --save-data always keeps the values.

      Tokens and passwords in --input, --header and --query are replaced by digests before the flow \
      sees them, and keep a live run from starting, for what they would be sent as; --keep-secrets \
      leaves them, and records them.

      EXIT STATUS
        2  the flow ran and failed by an error of its own

      EXAMPLES
        auditcli run "Breached credential" --input delivery.json --answers answers.json
        auditcli run "Breached credential" --event 65 --answers answers.json
        auditcli run 5f22c5b5 --answers typed --seed 3
        auditcli run endpoint --input body.json --header "Authorization: Bearer x" --query "a=1"
        auditcli run notify --event 65 --live --connections connections.yaml
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var actor: ActorOptions
  @OptionGroup var answers: AnswerOptions
  @OptionGroup var live: LiveOptions
  @OptionGroup var saving: SavingOptions
  @OptionGroup var secrets: SecretOptions

  @Flag(help: "With --live: start although some cards would find no service.")
  var partial = false

  @Argument(help: ArgumentHelp("Name, name@version, id or hash of the flow.", valueName: "f"))
  var flow: String

  @Option(help: ArgumentHelp("JSON, or a file of it, that the flow starts with."))
  var input: String?

  @Option(
    help: ArgumentHelp("The event of the log that the flow starts with.", valueName: "position|id")
  )
  var event: String?

  @Option(
    name: .customLong("header"),
    help: ArgumentHelp(
      "A field of the request to an API endpoint; may be repeated.",
      valueName: "name: value"
    )
  )
  var headers: [String] = []

  @Option(help: ArgumentHelp("The query of the request to an API endpoint.", valueName: "a=1&b=2"))
  var query: String?

  func validate() throws {
    guard event == nil || input == nil else {
      throw ValidationError("A flow starts with --event or with --input, not with both.")
    }
    try live.refuse(answers)
    guard event == nil || headers.isEmpty && query == nil else {
      throw ValidationError("--header and --query are of a request by hand, not of an event.")
    }
    guard !partial || live.isLive else { throw ValidationError("--partial goes with --live.") }
  }

  func run() throws {
    let log = try global.openForWriting(creating: false)
    let registered = try FlowRegistry(log).resolve(flow)
    let ended = try run(registered, log)
    guard let entry = try HistoryView(log).execution(ended.execution) else {
      throw Failure("the execution was not recorded")
    }
    global.json ? Output.json(entry.json) : entry.writeText()
    for remark in ended.remarks { Output.message(remark.visible) }
    if let silent = ended.withoutValues {
      Output.message(
        "No values were recorded: the flow \(silent.description.visible) does not save its data. "
          + "--save-data always keeps them."
      )
    }
    Coverage(size: try log.size().count).write(json: global.json)
    if let gap = ended.unsupported { throw Failure(gap) }
    if ended.outcome.end.status == .failed { throw ExitStatus.found.exit }
  }
}

extension RunCommand {
  private func run(_ flow: RegisteredFlow, _ log: EventLog) throws -> LocalRun.Ended {
    let (flow, trigger, cause) = try start(of: flow, log)
    guard live.isLive else {
      let local = LocalRun(
        log: log,
        actor: actor.claimed,
        script: try answers.script(),
        typedSeed: answers.isTyped ? answers.seed : nil,
        saving: saving.saving,
        secrets: RunSecrets(live.connections.place)
      )
      return try local.run(flow, trigger, cause: cause)
    }
    return try LiveRun(
      log: log,
      actor: actor.claimed,
      reason: actor.reason,
      connectors: try live.connections.services(),
      saving: saving.saving,
      secrets: RunSecrets(live.connections.place)
    ).run(flow, trigger, cause: cause, isPartial: partial)
  }

  /// The version to run, what it starts with, and the event that is its cause.
  private func start(
    of flow: RegisteredFlow,
    _ log: EventLog
  ) throws -> (RegisteredFlow, Trigger?, RecordedCause?) {
    guard let event else {
      let given = try input.map { try trigger($0, for: flow, log) }
      let whole = try withRequest(given, to: flow, log)
      return (flow, try secrets.covered(whole, log, isLive: live.isLive), nil)
    }
    let found = try EventLookup(log).event(event)
    let planner = try StartPlanner(log)
    let decision = try planner.decision(on: found, by: flow)
    guard decision.starts else {
      let others = try planner.starts(from: found).map { "\($0.flow.label)" }
      throw Failure(
        "the event at position \(found.position) does not start \(flow.label): \(decision.reason)."
          + (others.isEmpty ? "" : " It starts \(others.joined(separator: ", ")).")
      )
    }
    return (decision.flow, decision.trigger, LocalRun.cause(found))
  }

  /// The trigger with the header and query that stand on the command line.
  private func withRequest(
    _ given: Trigger?,
    to flow: RegisteredFlow,
    _ log: EventLog
  ) throws -> Trigger? {
    guard !headers.isEmpty || query != nil else { return given }
    var request = HTTPRequest()
    switch given {
    case .http(let sent)?: request = sent
    case nil:
      guard case .apiEndpoint = try FlowRegistry(log).closure(of: flow).flow.trigger else {
        throw Failure("\(flow.label) is no API endpoint: it takes neither --header nor --query")
      }
    default:
      throw Failure("\(flow.label) is no API endpoint: it takes neither --header nor --query")
    }
    var fields = request.headers
    for header in headers {
      let parts = header.split(separator: ":", maxSplits: 1).map { Text(String($0)).trimmed() }
      guard parts.count == 2, !parts[0].isEmpty else {
        throw Failure("\"\(header)\" is no field of a header; write it as \"Name: value\"")
      }
      fields[parts[0].lowercased()] = .text(parts[1])
    }
    return .http(HTTPRequest(headers: fields, body: request.body, query: Text(query ?? "")))
  }

  /// The trigger that JSON, or the file it names, makes for a flow.
  private func trigger(
    _ input: String,
    for flow: RegisteredFlow,
    _ log: EventLog
  ) throws -> Trigger {
    // A file may be called `null`, but nobody calls one `{"a":1}`.
    let isFile = FileManager.default.fileExists(atPath: input)
    let isJSON =
      input.first.map { "{[\"".contains($0) } ?? false
      || !isFile && (try? JSON.parse(Text(input))) != nil
    let bytes = isJSON ? Array(input.utf8) : try InputFile(input).bytes
    let value: Value
    do {
      value = try JSON.parse(bytes)
    } catch {
      throw Failure("\(isJSON ? "--input" : input) is not JSON: \(error)")
    }
    let closure = try FlowRegistry(log).closure(of: flow)
    let trigger = try TriggerInput.trigger(
      for: closure.flow.trigger,
      input: value,
      written: bytes
    )
    let unknown = TriggerInput.unknownNames(in: trigger, of: closure.flow)
    if !unknown.isEmpty {
      let message =
        "\(flow.label) has no input " + unknown.map { "\"\($0)\"" }.joined(separator: ", ")
        + "; it has "
        + TriggerInput.names(of: closure.flow).map { "\"\($0)\"" }.joined(separator: ", ")
      // What is done for real is done with all that was meant, or not at all.
      if live.isLive { throw Failure(message) }
      Output.message("\(message.visible).")
    }
    return trigger
  }
}
