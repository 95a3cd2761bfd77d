internal import Audit
internal import Connectors
internal import EventStore
internal import Flows
internal import Replay
internal import Values

/// Runs registered flows with real services and records them.
struct LiveRun {
  let log: EventLog
  let actor: String
  let reason: String?
  let connectors: LiveConnectors
  let saving: DataSaving
  let secrets: RunSecrets
  /// What can be done where a card would find no service.
  var remedy = "--partial starts it all the same; it ends with an error if it comes to one of them."
  /// Told what whoever waits for the run should know.
  var tell: @Sendable (String) -> Void = { Output.message($0) }

  /// Runs a flow to its end; `answered` is told what the caller of an API endpoint is answered with.
  ///
  /// - Throws: `Failure` where a card of the flow would find no service, unless `isPartial`;
  ///   `DriverError`; `EventLogError`.
  func run(
    _ flow: RegisteredFlow,
    _ trigger: Trigger?,
    cause: RecordedCause?,
    isPartial: Bool,
    answered: ((HTTPAnswer) -> Void)? = nil
  ) throws -> LocalRun.Ended {
    let closure = try FlowRegistry(log).closure(of: flow)
    if !isPartial { try requireServices(closure, "\(flow.label)") }
    let program = Program(closure, secrets: try secrets.forLiveRun(of: closure))
    let silent = saving == .always ? nil : closure.flows.first { !$0.savesData }
    let header = RecordingHeader(
      execution: ExecutionID.text(of: ProcessWorld.entropy(ExecutionID.byteCount)),
      version: FlowVersion(closure),
      number: flow.version,
      mode: .live,
      actor: Text(actor),
      cause: cause,
      input: trigger ?? LocalRun.plainTrigger(of: closure.flow),
      salt: ProcessWorld.entropy(16),
      savesValues: silent == nil
    )
    if let silent {
      tell(
        "The flow \(silent.name.description.visible) does not save its data, so the run cannot be taken "
          + "up should it be cut off. --save-data always keeps what that needs."
      )
    }
    var driver = try driver(
      program,
      closure,
      root: header.execution,
      asOf: try log.size().count
    )
    tell("\(header.execution) begins; should it be cut off, `auditcli resume` takes it up.")
    let outcome = try claimed(header.execution) {
      try Recorder(log).run(program, header, &driver, answered: answered)
    }
    return LocalRun.Ended(
      execution: header.execution,
      flow: flow,
      outcome: outcome,
      withoutValues: silent?.name,
      remarks: driver.unknownZones.sorted().map { RecordedStep.remark(onUnknownZone: $0) }
    )
  }

  /// Takes up a run that was cut off.
  ///
  /// - Throws: As `run` does; `Failure` where it cannot be taken up, with the reason.
  func resume(
    _ execution: Text,
    _ word: ResumeWord?,
    isPartial: Bool
  ) throws -> (outcome: Resumption.Outcome, cut: CutRun) {
    try claimed(execution) {
      let cut = try CutRuns(log).resumable(execution)
      // What the failed execution did is not to be done again.
      if let remedy = try CutRuns(log).remedy(ofRepair: cut) { throw Failure(remedy) }
      let closure = try CutRuns(log).closure(of: cut)
      if !isPartial { try requireServices(closure, "The rest of \(execution)") }
      let program = Program(closure, secrets: try secrets.forLiveRun(of: closure))
      var driver = try driver(program, closure, root: execution, asOf: cut.beginning.rawValue)
      let resumption = Resumption(
        actor: Text(actor),
        reason: reason.map { Text($0) },
        word: try word?.resolved(cut, program)
      )
      return (try Recorder(log).resume(cut, program, &driver, resumption), cut)
    }
  }

  /// Ends a run that was cut off.
  ///
  /// - Throws: `Failure` where there is no such run.
  func giveUp(_ execution: Text) throws {
    try claimed(execution) {
      let resumption = Resumption(actor: Text(actor), reason: reason.map { Text($0) })
      try Recorder(log).giveUp(CutRuns(log).unfinished(execution), resumption)
    }
  }

  private func claimed<Result>(_ execution: Text, _ body: () throws -> Result) throws -> Result {
    guard let claim = try Claim(execution.bytes, in: log) else {
      throw Failure("\(execution) is running in another process")
    }
    return try withExtendedLifetime(claim, body)
  }

  func driver(
    _ program: Program,
    _ closure: FlowClosure,
    root: Text,
    asOf size: UInt64
  ) throws -> LiveDriver {
    let entries = SystemLogAnswers(log, asOf: size)
    return LiveDriver(
      program,
      closure: closure,
      root: root,
      services: LiveWorld.services(connectors),
      ambient: LocalWorld.sources,
      tables: TableView(log).source,
      search: { @Sendable in try entries.reply(to: $0) }
    )
  }

  func requireServices(_ closure: FlowClosure, _ what: String) throws {
    let check = FlowCheck(closure, services: LiveWorld.services(connectors))
    guard !check.missing.isEmpty else { return }
    let lines = check.missing.map { item in
      "  \(item.address): \(item.reason ?? "cards of this type are not supported")"
    }
    throw Failure(
      "\(what) was not started, since some of its cards would find no service:\n"
        + lines.joined(separator: "\n")
        + "\n\(remedy)"
    )
  }
}
