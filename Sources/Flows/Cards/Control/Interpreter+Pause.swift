internal import Values

extension Interpreter {
  /// *Pause* and *Pause Raw*: answers the caller of an API endpoint, and waits for a call that
  /// resumes the flow, which is asked for like a connector's answer.
  mutating func runPause(_ pending: PendingStep) {
    guard case .connector(let plan) = pending.card.structure else {
      finish(pending, outputs: mirrored(pending))
      return
    }
    answerCaller(with: Self.pauseResponse(plan, pending))
    ask(pending.card, ordinal: pending.ordinal, pending.inputs)
  }

  private static func pauseResponse(_ plan: ConnectorPlan, _ pending: PendingStep) -> HTTPAnswer {
    guard plan.method == .pause else {
      let status = pending.input("statusCode")
      return HTTPAnswer(
        statusCode: status.isNull ? 200 : status,
        headers: pending.input("headers"),
        body: pending.input("body")
      )
    }
    let body = Object(plan.fields.map { ($0.name, pending.inputs[$0.input]) })
    let value = Value.object(body)
    return HTTPAnswer(
      statusCode: 200,
      headers: ["content-type": "application/json"],
      body: value.holdsUnknown ? value : .text(JSON.text(value))
    )
  }
}
