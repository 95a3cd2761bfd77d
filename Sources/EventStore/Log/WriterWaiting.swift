/// Is told of each wait for the writer of a store, of whatever process, so that a long one does not pass in silence.
///
/// Both are called once for each write, by the thread that writes.
public protocol WriterWaiting: Sendable {
  /// The wait begins.
  func waitBegins()
  /// The wait is over: the writer is ours, or cannot be had.
  func waitEnds()
}
