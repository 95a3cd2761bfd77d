public import Values

/// Runs a program, without doing anything to the world itself.
///
/// The interpreter goes on until a step asks for something: a connector's answer, the time, random
/// numbers. It returns the request, and whoever drives it resumes it with the answer. Between, the
/// driver takes the events that have gathered. Live runs, replay and comparison differ only in who
/// answers; the same answers give the same events, byte for byte.
///
///     var interpreter = Interpreter(program, executionID: id)
///     var transition = interpreter.start(trigger)
///     while case .needs(let request) = transition {
///       record(interpreter.events)
///       interpreter.forgetEvents()
///       transition = interpreter.resume(with: answer(request))
///     }
///
/// The interpreter keeps its own stack, so that flows may call themselves up to the limit that the
/// options set. It is a value: a copy continues on its own.
public struct Interpreter: Sendable {
  /// What a recording names as the engine that made it; it changes when the meaning of a card does.
  public static let engineVersion = "3"

  let program: Program
  /// Whether the program has secrets, so that something of what happens must not be recorded.
  let isTainted: Bool
  let functions: [LinkedFunction?]
  let options: RunOptions
  let rootID: Text
  /// What the flow is told is the id of the root execution.
  let toldRootID: Text
  /// The ids of executions by where they are called, where they do not follow from that.
  let knownExecutions: [Text: Text]

  /// Where steps that were computed from secrets come from, in a run without them.
  let covered: CoveredSteps

  /// The innermost body that is running; the one to begin with, before anything runs.
  var frame: Frame
  /// The bodies around it, outermost first.
  var outer: [Frame] = []
  /// Whether any body is running.
  var isRunning = false
  /// What *Call Flow Async* cards started, to run after the root execution.
  var queue: [Frame] = []
  var queuePosition = 0
  /// What has happened since ``forgetEvents()`` was called.
  public internal(set) var events: [RunEvent] = []
  /// The request to return to whoever drives the run.
  var asked: EffectRequest?
  /// Whether a request has not been answered yet.
  public internal(set) var isWaiting = false
  /// The outcome of the body that just ended, for the step that called it.
  var arrived: BodyOutcome?
  var stepCount = 0
  var executionCount = 0
  var rootEnd: ExecutionEnd?
  /// The error that ended the whole run.
  var abortedBy: RaisedError?
  /// What the caller of an API endpoint receives, from the moment it is settled; nil before.
  public internal(set) var response: HTTPAnswer?
  /// The same as the caller is to have it, where a secret made it and recordings have it covered.
  var plainResponse: HTTPAnswer?
  /// What the caller of an API endpoint is to be answered with, which may hold secrets; nil until that is
  /// settled.
  public var callerAnswer: HTTPAnswer? { plainResponse ?? response }
  var hiddenBy: Unknown?
  /// Whether anything unknown has come in; until then no card need look for it in its inputs.
  ///
  /// Cards other than the engine's own may make unknown values themselves.
  var mayHoldUnknowns: Bool

  /// Makes an interpreter that has not started.
  ///
  /// - Parameters:
  ///   - program: The flow with all it calls.
  ///   - cards: The function cards; a table with another entry gives another engine.
  ///   - executionID: The id of the root execution; the ids of all others follow from it.
  ///   - knownAs: What the flow is told is that id, where that is another's; what it is told of all others
  ///     follows from it.
  ///   - options: The limits.
  ///   - knownExecutions: Ids of executions by where they are called; those of a recording, for a version
  ///     that calls them from elsewhere.
  ///   - covered: For a program without its secrets, what was recorded of the steps that need them.
  public init(
    _ program: Program,
    cards: CardTable = .standard,
    executionID: Text,
    knownAs: Text? = nil,
    options: RunOptions = .standard,
    knownExecutions: [Text: Text] = [:],
    covered: CoveredSteps = .none
  ) {
    self.program = program
    isTainted = program.taint != nil
    self.options = options
    rootID = executionID
    toldRootID = knownAs ?? executionID
    self.knownExecutions = knownExecutions
    self.covered = covered
    functions = program.linked(in: cards)
    let root = Execution(
      id: executionID,
      flow: program.flows[0],
      parent: nil,
      callingCard: nil,
      callSite: .empty,
      index: nil
    )
    frame = Frame(
      body: program.bodies[program.flows[0].body],
      scope: Scope(root, pathPrefix: .empty),
      ownsExecution: true,
      headValues: []
    )
    mayHoldUnknowns = !cards.isStandard
  }
}

extension Interpreter {
  /// Starts the run.
  ///
  /// Inputs of the flow that the trigger lacks are null.
  ///
  /// - Precondition: The run has not started.
  public mutating func start(_ trigger: Trigger) -> Transition {
    precondition(!isRunning && rootEnd == nil, "A run starts once.")
    if trigger.holdsUnknown { mayHoldUnknowns = true }
    frame.headValues = HeadValues(trigger: trigger, execution: toldRootID).values(
      for: frame.body.head
    )
    isRunning = true
    announceExecution()
    return advance()
  }

  /// Continues the run with the answer to the last request.
  ///
  /// - Precondition: The last transition was ``Transition/needs(_:)``.
  public mutating func resume(with answer: consuming Answer) -> Transition {
    precondition(isWaiting, "A run is resumed only while it waits for an answer.")
    isWaiting = false
    take(consume answer)
    return advance()
  }

  /// What has happened since the last call, of which nothing is kept.
  public mutating func takeEvents() -> [RunEvent] {
    let taken = events
    events = []
    return taken
  }

  /// Lets go of ``events``.
  public mutating func forgetEvents() {
    while !events.isEmpty { events.removeLast() }
  }
}

extension Interpreter {
  /// Goes on until something is asked or nothing is left to run.
  private mutating func advance() -> Transition {
    while true {
      if let request = asked.take() { return .needs(request) }
      if let outcome = arrived.take() {
        continueStep(with: outcome)
        continue
      }
      guard isRunning else {
        guard startQueued() else { return finished() }
        continue
      }
      if !frame.trueArms.isEmpty { frame.leaveArm() }
      if frame.position < frame.cards.count {
        execute(frame.cards[frame.position])
      } else {
        endFrame(.ended(frame.result))
      }
    }
  }

  private func finished() -> Transition {
    let end =
      rootEnd
      ?? ExecutionEnd(id: rootID, status: .succeeded, result: [:], error: nil, message: .null)
    return .finished(
      RunOutcome(
        end: end,
        response: response,
        stepCount: stepCount,
        hiddenBy: hiddenBy,
        abortedBy: abortedBy
      )
    )
  }

  /// Begins a body inside the one that is running, and the execution that it owns.
  mutating func push(_ inner: consuming Frame) {
    swap(&frame, &inner)
    outer.append(inner)
    if frame.ownsExecution { announceExecution() }
  }

  private mutating func announceExecution() {
    executionCount += 1
    events.append(
      .executionStarted(
        ExecutionStart(
          execution: frame.scope.execution,
          body: frame.body,
          headValues: isTainted ? shownHead(of: frame) : frame.headValues
        )
      )
    )
  }

  /// Begins the next of the calls that run after the root, first come, first served.
  private mutating func startQueued() -> Bool {
    guard queuePosition < queue.count else { return false }
    frame = queue[queuePosition]
    queuePosition += 1
    isRunning = true
    announceExecution()
    return true
  }
}

extension Frame {
  /// Steps over the false arm once the true arm has run.
  mutating func leaveArm() {
    while let arms = trueArms.last, position == arms.whenTrue.upperBound {
      position = arms.whenFalse.upperBound
      trueArms.removeLast()
    }
  }

  /// What a caller receives: the outputs of the last card that ran, groups as objects.
  var result: Object {
    guard let last else { return Object() }
    let card = body.cards[last]
    return card.signature.nested(Array(slots[card.slots]))
  }
}

extension CardSignature {
  /// Outputs as one object: fields without a group on top, groups as objects, and without what the
  /// engine puts into the group `context`.
  func nested(_ values: [Value]) -> Object {
    var object = Object()
    for (field, value) in zip(outputs, values) {
      guard let group = field.name.group else {
        object[field.name.key] = value
        continue
      }
      guard group != FormatNames.context else { continue }
      var members = Object()
      if case .object(let present)? = object[group] { members = present }
      members[field.name.key] = value
      object[group] = .object(members)
    }
    return object
  }
}

/// A function card that a program uses, found once per run.
final class LinkedFunction: Sendable {
  let card: FunctionCard
  let isPure: Bool

  init(_ card: FunctionCard) {
    self.card = card
    isPure = if case .pure = card.behaviour { true } else { false }
  }
}
