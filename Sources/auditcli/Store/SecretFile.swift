internal import Connectors
internal import Flows
internal import Foundation
internal import Values

/// The file of connections as the place where secrets of flows are kept.
struct SecretFile {
  private let place: ConnectionPlace
  private let file: PrivateFile

  init(_ place: ConnectionPlace) {
    self.place = place
    file = PrivateFile(
      place.path,
      remedy: "The secrets of the flow belong into it; "
        + "--connections names another file, --keep-constants leaves them in the flow."
    )
  }

  /// A secret of an export, and what the file calls it.
  struct Kept {
    let found: FoundSecret
    let reference: SecretReference
    /// Whether the file did not have it before.
    let isNew: Bool
  }

  /// Puts the secrets of an export into the file; what stands there already stays as it is.
  ///
  /// The file is made where there is none, and only its owner can read it afterwards.
  ///
  /// - Throws: `ConfigurationError` and `Failure` where it cannot be read or written.
  func keep(secretsOf export: FlowExport) throws -> [Kept] {
    if export.secrets.isEmpty { return [] }
    return try file.locked { path in
      let file = try self.file.bytes(path)
      let known = try file.map { try place.read($0).secrets } ?? .none
      var key: [UInt8]?
      var digest = try known.digest()
      if digest == nil {
        let drawn = ProcessWorld.entropy(SecretDigest.keyLength)
        key = drawn
        digest = SecretDigest(key: drawn)
      }
      guard let digest else { return [] }
      let kept = try named(export.secrets, known, digest)
      let new = kept.filter(\.isNew).map { (name: $0.reference.name, secret: $0.found.secret) }
      if !new.isEmpty || key != nil {
        let entries = SecretEntries(new, key: key)
        let wasOpen = file != nil && !place.isPrivate
        try self.file.write(try entries.added(to: file, path: place.path), to: path)
        if wasOpen {
          Output.message("\(place.path) holds secrets now, so nobody but its owner can read it.")
        }
      }
      return kept
    }
  }

  /// The export in a file, whose secrets no core file is to hold.
  static func export(_ file: String) throws -> FlowExport {
    try CoreFiles.forbid()
    return try FlowExport(InputFile(file).bytes, source: file)
  }

  /// The flows of an export with names in place of its secrets; nothing is written.
  ///
  /// - Throws: `FlowLoadError`, `ConfigurationError`, `Failure`.
  func pack(of export: FlowExport) throws -> FlowPack {
    if export.secrets.isEmpty { return try export.pack() }
    let known = try place.read().secrets
    let digest =
      try known.digest() ?? SecretDigest(key: ProcessWorld.entropy(SecretDigest.keyLength))
    return try export.pack(moving: try named(export.secrets, known, digest).map(\.reference))
  }

  /// The names of secrets: what the file calls them, else names of their own.
  private func named(
    _ found: [FoundSecret],
    _ known: FlowSecrets,
    _ digest: SecretDigest
  ) throws -> [Kept] {
    var taken = Set(known.names)
    return try found.map { secret in
      if let name = known.name(of: secret.secret) {
        return Kept(
          found: secret,
          reference: digest.reference(to: secret.secret, named: name),
          isNew: false
        )
      }
      // Whether one that cannot be read now is the same, nobody knows.
      _ = try known.secret(named: secret.name)
      var name = secret.name
      var number = 1
      while !taken.insert(name).inserted {
        number += 1
        name = secret.name + Text("-\(number)")
      }
      return Kept(
        found: secret,
        reference: digest.reference(to: secret.secret, named: name),
        isNew: true
      )
    }
  }
}
