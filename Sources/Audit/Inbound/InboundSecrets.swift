public import EventStore
public import Flows
internal import Values

/// Covers secrets in what others deliver, before anything of it is in the log.
///
/// What Okta itself writes of events and executions is left as it is: it holds hashes of tokens, and
/// changing evidence takes more than a likeness.
struct InboundSecrets {
  private let secrets: DataSecrets

  init(_ log: EventLog) {
    secrets = DataSecrets(SecretDigest(inboundOf: log))
  }

  /// The document with its secrets covered; nil where it has none, or is Okta's.
  func covered(
    _ document: UnsafeRawBufferPointer,
    _ events: [InboundEvent]
  ) -> DataSecrets.Covered<[UInt8]>? {
    guard let format = events.first?.format, !format.isOktas else { return nil }
    return secrets.covered(json: Array(document))
  }
}

extension SecretDigest {
  /// Digests for what comes into a log, under a key that follows from the store.
  ///
  /// Whoever has the store can try guesses; so only secrets that cannot be guessed have digests.
  public init(inboundOf log: EventLog) {
    self.init(key: log.key(for: "inbound secrets"))
  }
}

extension InboundFormat {
  /// Whether Okta writes it.
  fileprivate var isOktas: Bool {
    switch self {
    case .oktaSystemLog, .oktaEventHook, .oktaExecutionLog: true
    case .slack, .typeform, .googleForms, .cloudEvents, .json: false
    }
  }
}
