internal import Flows
internal import Values

/// What happened in a run, as a recording keeps it.
enum RecordedEvent: Sendable {
  /// An execution began.
  case started(RecordedExecution)
  /// A step asked the world for something; recorded before it was sent.
  case requested(OpenRequest)
  /// The world answered a step that goes on: one that asks again, or hands records to a flow.
  case answered(OpenRequest)
  /// A run that was cut off was taken up again.
  case resumed(RecordedResumption)
  /// A step ended, well or not, with what it had asked.
  case step(Step, [RecordedRequest])
  /// An execution ended.
  case finished(Text, RecordedEnd)
}
