/// A failure to open, read or append to an event log.
public enum EventLogError: Error, Hashable {
  /// The folder or a file in it cannot be opened.
  case cannotOpen(path: String, reason: String)
  /// There is no store in the folder.
  case noStore(path: String)
  /// This process has the store open already; LMDB forbids a second opening.
  case alreadyOpen(path: String)
  /// Another process holds the lease in a way that excludes this one.
  case leaseHeld(path: String, kind: String)
  /// The store was written in a format this program does not know.
  case unknownFormat(found: Int, known: Int)
  /// Another process has brought the store to this format since it was opened.
  case formatChanged(to: Int)
  /// The log was opened for reading only.
  case readOnly
  /// Another writer appended first; read the stream again and retry.
  case wrongExpectedVersion(stream: StreamID, expected: UInt32, actual: UInt32)
  /// A batch holds more than one commit takes.
  case batchTooLarge(events: Int, bytes: Int)
  /// An event or value of a batch has a part whose length the format does not allow.
  case invalid(index: Int, part: String)
  /// An event names a cause that is not before it.
  case unknownCause(index: Int)
  /// The bytes at a position do not decode.
  case corrupted(at: Position, reason: String)
  /// Something beside the events does not decode, or the disk gave other bytes than were written.
  case damaged(reason: String)
  /// Another rebuild began meanwhile and goes on in the place of this one.
  case rebuildSuperseded
  /// The views were made by another set of projections; rebuild before appending.
  case projectionsDiffer(stored: [String], program: [String])
  /// The log is closed.
  case closed
}

extension EventLogError: CustomStringConvertible {
  /// What is true and what to do; never the contents of an event.
  public var description: String {
    switch self {
    case .cannotOpen(let path, let reason): "\(path) cannot be opened: \(reason)"
    case .noStore(let path):
      "\(path) holds no store. Ingest something into it first, or name another with --store."
    case .alreadyOpen(let path): "\(path) is already open in this process"
    case .leaseHeld(let path, let kind):
      "\(path) is held by another process, so it cannot be \(kind) now. Try again when it has ended."
    case .unknownFormat(let found, let known):
      "the store has format \(found), this program knows \(known). Use the program that wrote it."
    case .formatChanged(let format):
      "another process has brought the store to format \(format) meanwhile. Run the command again."
    case .readOnly: "the store was opened for reading only"
    case .wrongExpectedVersion(let stream, let expected, let actual):
      "stream \(stream) holds \(actual) events, not \(expected). Read it again and retry."
    case .batchTooLarge(let events, let bytes):
      "a batch of \(events) events and \(bytes) bytes is more than one commit takes. Split it."
    case .invalid(let index, let part):
      "item \(index) of the batch has a \(part) of a length that cannot be stored"
    case .unknownCause(let index): "event \(index) of the batch names a cause that is not before it"
    case .corrupted(let position, let reason):
      "the event at position \(position) does not decode: \(reason). Run `auditcli verify`."
    case .damaged(let reason): "the store is damaged: \(reason). Run `auditcli verify`."
    case .rebuildSuperseded:
      "another rebuild has begun on this store; it goes on, and this one has ended"
    case .projectionsDiffer(let stored, let program):
      """
      the views were made by \(stored.joined(separator: ", ")), this program has \
      \(program.joined(separator: ", ")). Run `auditcli rebuild` before appending.
      """
    case .closed: "the log is closed"
    }
  }
}
