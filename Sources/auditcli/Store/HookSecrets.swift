internal import Audit
internal import Foundation

/// The file in which hooks' credentials are kept, beside the store and not in it.
struct HookSecrets: Sendable {
  /// The path, whether or not there is a file.
  let path: String

  /// The file that is named, else that of the environment, else the one beside a store.
  init(_ named: String?, besideStore store: String) {
    var store = store
    while store.count > 1, store.hasSuffix("/") { store.removeLast() }
    path = named ?? ProcessWorld.variable("AUDITCLI_HOOK_SECRETS") ?? store + ".hooks.json"
  }

  /// The credentials; none where there is no file.
  ///
  /// - Throws: `Failure` where the file cannot be read.
  @Sendable func read() throws -> HookCredentials {
    guard let bytes = try file.bytes(path) else { return HookCredentials() }
    return try credentials(bytes)
  }

  /// Changes the credentials, and nobody else does meanwhile; durable when this returns.
  ///
  /// From then on the process leaves no core file.
  func change<Result>(_ body: (inout HookCredentials) throws -> Result) throws -> Result {
    try CoreFiles.forbid()
    return try file.locked { path in
      var all = try file.bytes(path).map { try credentials($0) } ?? HookCredentials()
      let result = try body(&all)
      try file.write(all.file, to: path)
      return result
    }
  }

  /// Gives a hook a secret; those that it has are valid until a time, in milliseconds since 1970.
  ///
  /// - Returns: What the log calls it.
  func add(_ secret: [UInt8], to hook: Hook, endingOthers end: Int64, at now: Int64) throws
    -> String
  {
    try change { credentials in
      let credential = HookCredential(
        id: credentials.nextID(of: hook.name),
        secret,
        for: hook.proof,
        salt: ProcessWorld.entropy(16),
        since: now
      )
      credentials.add(credential, to: hook.name, endingOthers: end)
      return credential.id
    }
  }

  private var file: PrivateFile {
    PrivateFile(path, remedy: "Secrets of hooks belong into it; --secrets names another file.")
  }

  private func credentials(_ bytes: [UInt8]) throws -> HookCredentials {
    do throws(HookCredentials.Malformed) {
      return try HookCredentials(file: bytes)
    } catch {
      throw Failure("\(path): \(error)")
    }
  }
}
