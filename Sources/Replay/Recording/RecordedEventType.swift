internal import Flows

/// The types of the events that recordings consist of.
enum RecordedEventType: String, CaseIterable {
  case executionStarted = "execution.started"
  case executionResumed = "execution.resumed"
  case executionFinished = "execution.finished"
  case stepRequested = "step.requested"
  case stepAnswered = "step.answered"
  case stepCompleted = "step.completed"
  case stepFailed = "step.failed"

  /// The type of the event that tells how a step ended.
  init(endOf step: borrowing Step) {
    self = step.status == .failed ? .stepFailed : .stepCompleted
  }

  /// Whether an event of the type tells how a step ended.
  var endsStep: Bool { self == .stepCompleted || self == .stepFailed }
}
