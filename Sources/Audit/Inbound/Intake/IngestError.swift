/// Why an ingest ends early.
public enum IngestError: Error, Hashable {
  /// A file cannot be opened or read.
  case cannotRead(file: String, reason: String)
  /// The system starts no further thread; the code is `errno`'s.
  case noThread(code: Int32)
}

extension IngestError: CustomStringConvertible {
  /// The file and the system's reason.
  public var description: String {
    switch self {
    case .cannotRead(let file, let reason):
      "\(file == "-" ? "standard input" : file) cannot be read: \(reason)"
    case .noThread(let code):
      "no thread can be started (error \(code)): raise the limit on processes (ulimit -u)"
    }
  }
}
