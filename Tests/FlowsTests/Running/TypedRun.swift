import Flows
import Values

/// A run whose requests are answered by typed answers.
struct TypedRun {
  private(set) var events: [RunEvent] = []
  let outcome: RunOutcome

  init(_ program: Program, seed: UInt64, cards: CardTable = .standard, trigger: Trigger? = nil) {
    let typed = TypedAnswers(program, seed: seed)
    var interpreter = Interpreter(program, cards: cards, executionID: "run")
    var transition = interpreter.start(trigger ?? typed.trigger())
    while true {
      switch transition {
      case .needs(let request): transition = interpreter.resume(with: typed.answer(to: request))
      case .finished(let outcome):
        self.outcome = outcome
        events = interpreter.takeEvents()
        return
      }
    }
  }

  var steps: [Step] {
    events.compactMap { if case .step(let step) = $0 { step } else { nil } }
  }

  /// Everything that happened, as text.
  var transcript: [String] {
    events.map { event in
      switch event {
      case .executionStarted(let start): "started \(start)"
      case .step(let step):
        "\(step.path) \(step.status) \(JSON.text(.object(step.namedInputs))) "
          + "\(JSON.text(.object(step.namedOutputs))) \(step.callees) "
          + step.requests.map { request in
            request.connectorRequest.map { JSON.text($0.value).description } ?? "\(request.ask)"
          }.joined(separator: " ")
      case .executionFinished(let end):
        "finished \(end.id) \(end.status) \(JSON.text(end.result)) \(JSON.text(end.message))"
      }
    }
  }
}
