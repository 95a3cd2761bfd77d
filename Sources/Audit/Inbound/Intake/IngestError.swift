/// Why an ingest ends early.
public enum IngestError: Error, Hashable {
  /// A file cannot be opened or read.
  case cannotRead(file: String, reason: String)
}

extension IngestError: CustomStringConvertible {
  /// The file and the system's reason.
  public var description: String {
    switch self {
    case .cannotRead(let file, let reason):
      "\(file == "-" ? "standard input" : file) cannot be read: \(reason)"
    }
  }
}
