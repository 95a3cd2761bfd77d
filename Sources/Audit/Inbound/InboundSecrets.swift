internal import Crypto
public import EventStore
public import Flows
internal import Values

/// Covers secrets in what others deliver, before anything of it is in the log.
///
/// What Okta itself writes of events and executions is left as it is: it holds hashes of tokens, and
/// changing evidence takes more than a likeness.
struct InboundSecrets {
  /// A document with its secrets covered.
  struct Covered {
    let bytes: [UInt8]
    /// What the secrets stood under.
    let names: [Text]
    /// What an event of it that has no id is told from others by: two documents that differ in a secret alone
    /// are two events.
    let identity: [UInt8]
  }

  private let secrets: DataSecrets
  private let identityKey: SymmetricKey

  init(_ log: EventLog) {
    identityKey = SymmetricKey(data: log.key(for: "inbound identity"))
    secrets = DataSecrets(SecretDigest(inboundOf: log))
  }

  /// The document with its secrets covered; nil where it has none, or is Okta's.
  func covered(
    _ document: UnsafeRawBufferPointer,
    _ events: [InboundEvent]
  ) -> Covered? {
    guard let format = events.first?.format, !format.isOktas,
      let covered = secrets.covered(json: Array(document))
    else { return nil }
    let code = HMAC<SHA256>.authenticationCode(for: document, using: identityKey)
    return Covered(
      bytes: covered.data,
      names: covered.names,
      identity: Intake.identity(named: "hmac-sha256", code)
    )
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
    case .slack, .typeform, .googleForms, .apiEndpoint, .cloudEvents, .json: false
    }
  }
}
