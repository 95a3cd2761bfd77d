internal import Audit
internal import Values

/// How calls of API endpoints are taken and answered.
struct Endpoints: Sendable {
  /// How often each may be called.
  let budget: CallBudget
  /// Makes an id that no other call has.
  let newID: @Sendable () -> String
  /// How long a caller is kept waiting for its flow.
  let patience: Duration

  /// The reply to a caller.
  static func reply(_ outcome: CallerAnswer.Outcome) -> Reply {
    switch outcome {
    case .answered(let answer): EndpointReply.reply(answer)
    case .startsNothing: Reply.refusal(404, "no flow that is switched on is called by this")
    case .failed: Reply.refusal(500, "the flow could not be run")
    case .later: Reply(status: 202)
    }
  }
}
