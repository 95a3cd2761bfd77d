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

  /// Runs a flow to its end.
  ///
  /// - Throws: `Failure` where a card of the flow would find no service, unless `isPartial`;
  ///   `DriverError`; `EventLogError`.
  func run(
    _ flow: RegisteredFlow,
    _ trigger: Trigger?,
    cause: RecordedCause?,
    isPartial: Bool
  ) throws -> LocalRun.Ended {
    let closure = try FlowRegistry(log).closure(of: flow)
    if !isPartial { try requireServices(closure, flow) }
    let program = Program(closure)
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
    guard let claim = try Claim(header.execution.bytes, in: log) else {
      throw Failure("another process runs \(header.execution)")
    }
    var driver = try driver(program, closure, root: header.execution)
    let outcome = try withExtendedLifetime(claim) {
      try Recorder(log).run(program, header, &driver)
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
  func resume(_ execution: Text, _ word: Resumption.Word?) throws -> Resumption.Outcome {
    guard let claim = try Claim(execution.bytes, in: log) else {
      throw Failure("\(execution) is running in another process")
    }
    return try withExtendedLifetime(claim) {
      let cut = try CutRuns(log).resumable(execution)
      let closure = try CutRuns(log).closure(of: cut)
      let program = Program(closure)
      if case .sent(let outputs)? = word { try requireOutputs(outputs, cut, program) }
      var driver = try driver(program, closure, root: execution)
      return try Recorder(log).resume(
        cut,
        program,
        &driver,
        Resumption(actor: Text(actor), reason: reason.map { Text($0) }, word: word)
      )
    }
  }

  private func driver(
    _ program: Program,
    _ closure: FlowClosure,
    root: Text
  ) throws -> LiveDriver {
    let entries = SystemLogAnswers(log, asOf: try log.size().count)
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

  private func requireServices(_ closure: FlowClosure, _ flow: RegisteredFlow) throws {
    let check = FlowCheck(closure, services: LiveWorld.services(connectors))
    guard !check.missing.isEmpty else { return }
    let lines = check.missing.map { item in
      "  \(item.address): \(item.reason ?? "cards of this type are not supported")"
    }
    throw Failure(
      "\(flow.label) was not started, since some of its cards would find no service:\n"
        + lines.joined(separator: "\n")
        + "\n--partial starts it all the same; it ends with an error if it comes to one of them."
    )
  }

  /// What later cards read of the outputs must be told with them.
  private func requireOutputs(_ outputs: Object, _ cut: CutRun, _ program: Program) throws {
    guard let open = cut.open else { return }
    let missing = program.wiredOutputs(of: open.card).filter { outputs[$0] == nil }
    guard missing.isEmpty else {
      throw Failure(
        "later cards read what this one gives: tell it with --outputs, a JSON object with "
          + missing.map { "\"\($0)\"" }.joined(separator: ", ")
      )
    }
  }
}
