internal import Audit
internal import EventStore
internal import Replay
internal import Server
internal import Values

/// Flows as a server starts them: with real services.
struct ServedFlows {
  private let live: LiveRun

  init(_ live: LiveRun) {
    self.live = live
  }

  /// What the server runs flows with.
  var starter: FlowStarter {
    let live = live
    return FlowStarter(
      start: { decision, event, answered in
        _ = try live.run(
          decision.flow,
          decision.trigger,
          cause: LocalRun.cause(event),
          isPartial: false,
          answered: answered
        )
      },
      unfinished: { try CutRuns(live.log).all().map(\.execution) },
      takeUp: { execution in
        if case .inDoubt(_, let reason) = try live.resume(execution, nil, isPartial: false).outcome
        {
          throw Failure(
            "\(execution) stays in doubt: \(reason) `auditcli resume --list` tells more"
          )
        }
      }
    )
  }
}
