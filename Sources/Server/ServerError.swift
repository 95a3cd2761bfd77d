/// Why a server cannot serve.
public enum ServerError: Error, Hashable {
  /// The address cannot be listened at.
  case cannotListen(String, Int, reason: String)
  /// The files for TLS cannot be used.
  case unusableTLS(String, String, reason: String)
  /// Another server runs the flows of the store.
  case runsElsewhere
  /// Another server tells the recipients of the store.
  case noticesElsewhere
}

extension ServerError: CustomStringConvertible {
  /// What is wrong, and what to do.
  public var description: String {
    switch self {
    case .cannotListen(let host, let port, let reason):
      "cannot listen at \(host):\(port): \(reason); another address is given with --listen"
    case .unusableTLS(let certificates, let key, let reason):
      "the certificate \(certificates) or its key \(key) cannot be used: \(reason)"
    case .runsElsewhere:
      "another server runs the flows of this store; --ingest-only takes in deliveries beside it"
    case .noticesElsewhere:
      "another server sends the notices of this store; --ingest-only takes in deliveries beside it"
    }
  }
}
