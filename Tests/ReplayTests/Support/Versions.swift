import Flows
import Replay
import TestSupport
import Values

/// Two versions of a flow that a test built, and what comparing them says of one run of the first.
struct Versions {
  let old: Program
  let new: Program
  let recording: Recording
  let differ: Differ

  init(
    _ old: [FlowBuilder],
    _ new: [FlowBuilder],
    trigger: Trigger = .manual,
    map: [CardMapping] = [],
    answer: (EffectRequest) -> Answer = { _ in RunInMemory.done }
  ) throws {
    self.old = try RunInMemory.program(old)
    self.new = try RunInMemory.program(new)
    recording = RunInMemory.record(self.old, trigger: trigger, answer: answer)
    differ = Differ(old: self.old, new: self.new, map: map)
  }

  func diff(_ sources: AnswerSources = .none) -> DiffResult {
    differ.diff(recording, answers: sources)
  }
}

extension Answer {
  /// A connector's outputs.
  static func gives(_ outputs: Object) -> Answer { .outputs(ConnectorAnswer(outputs: outputs)) }

  /// A connector's refusal.
  static let notFound = Answer.failure(
    CardError(kind: .notFound, message: "gone", statusCode: 404)
  )
}
