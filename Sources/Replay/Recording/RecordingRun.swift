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

  /// Prepares a run; nothing is appended before it starts.
  public init(
    _ program: Program,
    cards: CardTable = .standard,
    options: RunOptions = .standard,
    header: RecordingHeader,
    log: EventLog
  ) {
    root = header
    interpreter = Interpreter(
      program,
      cards: cards,
      executionID: header.execution,
      options: options
    )
    translator = RunTranslator(root: header.execution)
    writer = RecordingWriter(header, log: log)
  }

  /// Starts the run.
  ///
  /// - Throws: `RecordingError.exists` where the log has the execution; `EventLogError` where it
  ///   cannot be appended to.
  public mutating func start() throws -> Transition {
    try follow(interpreter.start(root.input))
  }

  /// Makes a request durable, and all that happened before it.
  ///
  /// - Throws: As `start()` does.
  public mutating func announce(_ request: EffectRequest) throws {
    writer.add(
      .requested(
        OpenRequest(
          execution: request.execution,
          path: request.path,
          ordinal: request.ordinal,
          request: RecordedRequest(request)
        )
      )
    )
    try writer.flush()
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
    try writer.flush()
  }

  private mutating func take(_ reply: EffectReply, to request: EffectRequest) throws -> Transition {
    translator.answered(request, with: reply.answer, evidence: writer.checked(reply))
    return try follow(interpreter.resume(with: reply.answer))
  }

  private mutating func follow(_ transition: Transition) throws -> Transition {
    for event in interpreter.takeEvents() {
      writer.add(translator.recorded(event, response: interpreter.response))
      // A change of a table may be refused, and then nothing behind it may be durable.
      if writer.isFull, !writer.hasChanges { try writer.flush() }
    }
    switch transition {
    case .needs(let request):
      if writer.isFull || writer.hasChanges { try writer.flush() }
      waiting = request
    case .finished:
      try writer.flush()
      waiting = nil
    }
    return transition
  }
}
