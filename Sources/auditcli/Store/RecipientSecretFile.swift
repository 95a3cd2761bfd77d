internal import Audit
internal import Values

/// The file in which URLs and secrets of recipients are kept, beside the store and not in it.
struct RecipientSecretFile: Sendable {
  /// The path, whether or not there is a file.
  let path: String

  /// The file that is named, else that of the environment, else the one beside a store.
  init(_ named: String?, besideStore store: String) {
    var store = store
    while store.count > 1, store.hasSuffix("/") { store.removeLast() }
    path =
      named ?? ProcessWorld.variable("AUDITCLI_RECIPIENT_SECRETS") ?? store + ".recipients.json"
  }

  /// What is kept; nothing where there is no file.
  ///
  /// - Throws: `Failure` where the file cannot be read.
  @Sendable func read() throws -> RecipientSecrets {
    guard let bytes = try file.bytes(path) else { return RecipientSecrets() }
    return try secrets(bytes)
  }

  /// Changes what is kept, and nobody else does meanwhile; durable when this returns.
  ///
  /// From then on the process leaves no core file.
  func change<Result>(_ body: (inout RecipientSecrets) throws -> Result) throws -> Result {
    try CoreFiles.forbid()
    return try file.locked { path in
      var all = try file.bytes(path).map { try secrets($0) } ?? RecipientSecrets()
      let result = try body(&all)
      try file.write(all.file, to: path)
      return result
    }
  }

  /// Draws a secret that signs what goes to a recipient; those that it has sign until a time, in
  /// milliseconds since 1970.
  ///
  /// - Returns: What the log calls it, and the secret.
  func draw(for recipient: String, endingOthers end: Int64, at now: Int64) throws -> (
    id: String, secret: String
  ) {
    let secret = "whsec_" + Base64.encode(ProcessWorld.entropy(32)).description
    return try change { secrets in
      let key = HookCredential(
        id: secrets.nextID(of: recipient),
        Array(secret.utf8),
        for: .standardWebhooks,
        salt: [],
        since: now
      )
      secrets.add(key, to: recipient, endingOthers: end)
      return (key.id, secret)
    }
  }

  private var file: PrivateFile {
    PrivateFile(
      path,
      remedy: "Secrets of recipients belong into it; --recipient-secrets names another file."
    )
  }

  private func secrets(_ bytes: [UInt8]) throws -> RecipientSecrets {
    do throws(RecipientSecrets.Malformed) {
      return try RecipientSecrets(file: bytes)
    } catch {
      throw Failure("\(path): \(error)")
    }
  }
}
