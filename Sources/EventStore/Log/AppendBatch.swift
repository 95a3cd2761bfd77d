/// Events that are appended together or not at all, in order.
public struct AppendBatch: Sendable {
  /// The events; at most `EventLog.maximumBatchCount`.
  public var events: [EventDraft]
  /// Long values that the events refer to.
  public var values: [StoredValue]

  /// Makes a batch.
  public init(_ events: [EventDraft], values: [StoredValue] = []) {
    self.events = events
    self.values = values
  }
}
