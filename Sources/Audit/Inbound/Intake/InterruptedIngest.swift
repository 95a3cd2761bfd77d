/// An ingest that ended early, with what it did until then.
public struct InterruptedIngest: Error {
  /// What became of the events that were committed before.
  public let report: IngestReport
  /// What ended it.
  public let cause: any Error
}

extension InterruptedIngest: CustomStringConvertible {
  /// The cause, and how to go on.
  public var description: String {
    "\(cause)\nWhat was ingested before that is kept; the same command goes on from there."
  }
}
