public import Values

/// What happened in a run, as a recording keeps it.
public enum RecordedEvent: Hashable, Sendable {
  /// An execution began.
  case started(RecordedExecution)
  /// A step asked the world for something; recorded before it was sent.
  case requested(OpenRequest)
  /// A step ended, well or not.
  case step(RecordedStep)
  /// An execution ended.
  case finished(Text, RecordedEnd)
}
