public import EventStore
public import Flows
internal import Values

/// A run whose events are appended to a log while it goes on.
///
/// The caller performs the effects, so that it may wait for them as it likes:
///
///     var run = RecordingRun(program, header: header, log: log)
///     var transition = try run.start()
///     while case .needs(let request) = transition {
///       try run.announce(request)
///       transition = try run.resume(with: EffectReply(answer))
///     }
///
/// Pure steps become durable with the next announced request, table change or the end, and at the
/// latest when a batch is full. The recording's stream must be as this run left it, so two processes
/// never write one execution.
public struct RecordingRun: ~Copyable {
  private let root: RecordingHeader
  private var interpreter: Interpreter
  private var translator: RunTranslator
  private var writer: RecordingWriter
  private var waiting: EffectRequest?
  /// The request that was announced last, as the recording has it.
  private var announced: RecordedRequest?
  /// How many of the coming events are durable already.
  private var durable = 0
  /// How long the last answer asked to wait.
  private var waitMilliseconds: Double = 0
  /// Whether nothing may be appended yet, since nobody has taken the run up.
  private var isUnclaimed = false
  /// Whether somebody else appends what must be durable before the run goes on.
  private let sharesCommits: Bool
  /// Whether the run goes on only once what is gathered is durable; where commits are shared.
  private(set) var isDue = false

  /// Prepares a run; nothing is appended before it starts.
  public init(
    _ program: Program,
    cards: CardTable = .standard,
    options: RunOptions = .standard,
    header: RecordingHeader,
    log: EventLog
  ) {
    self.init(
      program,
      cards: cards,
      options: options,
      header: header,
      log: log,
      sharesCommits: false
    )
  }

  /// Prepares a run whose commits are its own, or those of a group.
  init(
    _ program: Program,
    cards: CardTable,
    options: RunOptions,
    header: RecordingHeader,
    log: EventLog,
    sharesCommits: Bool
  ) {
    root = header
    self.sharesCommits = sharesCommits
    interpreter = Interpreter(
      program,
      cards: cards,
      executionID: header.execution,
      knownAs: header.knownAs,
      options: options
    )
    translator = RunTranslator(header)
    writer = RecordingWriter(header, log: log)
  }

  /// Prepares to take up a run that was cut off; ``catchUp(_:)`` brings it to where it was.
  public init(
    resuming cut: CutRun,
    _ program: Program,
    cards: CardTable = .standard,
    options: RunOptions = .standard,
    log: EventLog
  ) {
    self.init(program, cards: cards, options: options, header: cut.header, log: log)
    writer = RecordingWriter(cut, log: log)
    durable = cut.eventCount
    isUnclaimed = true
  }

  /// Runs up to the first request that has no durable answer; nothing is asked and nothing that is
  /// durable is appended again.
  ///
  /// `passed` is told of each request that has one.
  ///
  /// - Throws: `RecordingError.diverged` where the run does not come to where its recording ends.
  public mutating func catchUp(
    _ cut: CutRun,
    passed: (EffectRequest) -> Void = { _ in }
  ) throws -> Transition {
    var used: [Int: Int] = [:]
    var transition = try follow(interpreter.start(root.input))
    while case .needs(let request) = transition {
      let place = used[request.ordinal, default: 0]
      guard let answers = cut.answers[request.ordinal], place < answers.count else { break }
      let recorded = answers[place]
      // What a secret made is not in the recording, and is made again.
      if let answer = recorded.answer, request.isCovered(answer) { break }
      guard let answer = recorded.answer, recorded.hash == RequestHash(request.recordedValue) else {
        throw RecordingError.diverged(execution: root.execution, step: request.path)
      }
      used[request.ordinal] = place + 1
      translator.answered(request, as: recorded)
      translator.markKept(request)
      passed(request)
      transition = try follow(interpreter.resume(with: answer))
    }
    guard durable == 0 else {
      throw RecordingError.diverged(execution: root.execution, step: waiting?.path ?? .empty)
    }
    return transition
  }

  /// Records that the run is taken up; whoever else took it up meanwhile is refused.
  ///
  /// - Throws: `EventLogError.wrongExpectedVersion` where somebody else has gone on with it.
  public mutating func claim(_ resumption: RecordedResumption) throws {
    isUnclaimed = false
    writer.add(.resumed(resumption))
    try writer.flush()
  }

  /// Starts the run.
  ///
  /// - Throws: `RecordingError.exists` where the log has the execution; `EventLogError` where it
  ///   cannot be appended to.
  public mutating func start() throws -> Transition {
    try follow(interpreter.start(root.input))
  }

  /// What the caller of an API endpoint is to be answered with, which may hold secrets; nil until that
  /// is settled.
  var callerAnswer: HTTPAnswer? { interpreter.callerAnswer }

  /// Makes a request durable, and all that happened before it.
  ///
  /// - Throws: As `start()` does.
  public mutating func announce(_ request: EffectRequest) throws {
    // What the step has asked before must be known to come to this request again.
    if root.mode == .live { keepAnswers(of: request) }
    let recorded = RecordedRequest(request)
    announced = recorded
    writer.add(.requested(OpenRequest(request, as: recorded)))
    try settle()
  }

  /// Makes what has happened durable if nothing is yet, so that others see that the run goes on; a run
  /// of a group, which does not go on for long, is seen when it has ended.
  ///
  /// - Throws: As `start()` does.
  public mutating func becomeVisible() throws {
    if !writer.hasBegun, !sharesCommits { try writer.flush() }
  }

  /// Continues with the answer to the last request; changes of tables are durable when it returns.
  ///
  /// - Throws: As `start()` does; where a changed table is not as the reply expects it,
  ///   `EventLogError.wrongExpectedVersion`, and the run still waits for the answer.
  public mutating func resume(with reply: EffectReply) throws -> Transition {
    guard let request = waiting else {
      preconditionFailure("A run is resumed only while it waits for an answer.")
    }
    guard !reply.changes.isEmpty else { return try take(reply, to: request) }
    // What is durable already must not be appended again when the answer is given anew.
    try writer.flush()
    let before = (interpreter, translator, writer)
    do {
      writer.expect(reply, of: request)
      return try take(reply, to: request)
    } catch {
      (interpreter, translator, writer) = before
      throw error
    }
  }

  /// Ends the run with an error from outside the flow; every execution that runs has failed then.
  ///
  /// - Throws: As `start()` does.
  public mutating func abort(_ error: CardError) throws {
    let recorded = RecordedError(ending: error, at: waiting?.path ?? .empty)
    for id in translator.running.reversed() { writer.add(translator.end(id, with: recorded)) }
    try settle()
  }

  private mutating func take(_ reply: EffectReply, to request: EffectRequest) throws -> Transition {
    translator.answered(
      request,
      as: (announced ?? RecordedRequest(request)).answered(
        request,
        with: reply.answer,
        evidence: writer.checked(reply),
        isInDoubt: reply.isInDoubt
      )
    )
    waitMilliseconds = reply.waitMilliseconds
    let transition = interpreter.resume(with: reply.answer)
    guard root.mode == .live, request.connectorRequest != nil else {
      return try follow(transition)
    }
    return try keep(request, transition)
  }

  /// Makes the answer of a service durable before anything else is asked: an effect is in doubt until
  /// then.
  private mutating func keep(
    _ request: EffectRequest,
    _ transition: Transition
  ) throws -> Transition {
    let events = interpreter.takeEvents()
    let endsStep = events.contains { event in
      if case .step(let step) = event { step.ordinal == request.ordinal } else { false }
    }
    if !endsStep { keepAnswers(of: request) }
    let followed = try follow(transition, events)
    if case .needs = followed { try settle() }
    return followed
  }

  /// Records by themselves the answers that a step has had so far, for it goes on.
  private mutating func keepAnswers(of request: EffectRequest) {
    for var answered in translator.takeUnkept(of: request) {
      answered.waitMilliseconds = waitMilliseconds
      writer.add(.answered(answered))
    }
  }

  private mutating func follow(_ transition: Transition) throws -> Transition {
    try follow(transition, interpreter.takeEvents())
  }

  private mutating func follow(
    _ transition: Transition,
    _ events: [RunEvent]
  ) throws -> Transition {
    for event in events {
      let recorded = translator.recorded(event, response: interpreter.response)
      if durable > 0 {
        durable -= 1
        continue
      }
      writer.add(recorded)
      // A change of a table may be refused, and then nothing behind it may be durable.
      if writer.isFull, !writer.hasChanges, !isUnclaimed { try writer.flush() }
    }
    switch transition {
    case .needs(let request):
      if writer.isFull || writer.hasChanges, !isUnclaimed { try writer.flush() }
      waiting = request
      announced = nil
    case .finished:
      if !isUnclaimed {
        // Whether a table is as it was expected is known now, and not with the commit of the group.
        if writer.hasChanges { try writer.flush() }
        try settle()
      }
      waiting = nil
    }
    return transition
  }
}

// MARK: - Commits

extension RecordingRun {
  /// Makes what is gathered durable, at once or with the next commit of the group.
  private mutating func settle() throws {
    guard sharesCommits else { return try writer.flush() }
    isDue = true
  }

  /// How many bytes of events and values are gathered.
  var gatheredBytes: Int { writer.gatheredBytes }

  /// What the group has to append before the run goes on, as one batch.
  ///
  /// - Throws: As `start()` does, where there was too much for one batch and it was appended here.
  mutating func takeDue() throws -> AppendBatch? {
    isDue = false
    return try writer.takeBatch()
  }

  /// Notes that what ``takeDue()`` gave is durable.
  mutating func became(durable due: AppendBatch, _ outcomes: ArraySlice<AppendOutcome>) {
    writer.became(durable: due, outcomes)
  }

  /// Appends by itself what ``takeDue()`` gave, where it could not be appended with others.
  mutating func append(_ due: AppendBatch) throws {
    try writer.append(addressed: due)
  }
}
