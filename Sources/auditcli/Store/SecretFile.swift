internal import Connectors
internal import Flows
internal import Foundation
internal import Values

/// The file of connections as the place where secrets of flows are kept.
struct SecretFile {
  private let place: ConnectionPlace

  init(_ place: ConnectionPlace) {
    self.place = place
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
    return try locked { path in
      let file = try existing(path)
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
        try write(try entries.added(to: file, path: place.path), to: path)
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

// MARK: - The file

extension SecretFile {
  private func existing(_ path: String) throws -> [UInt8]? {
    FileManager.default.fileExists(atPath: path) ? try InputFile(path).bytes : nil
  }

  /// Keeps other processes from changing the file at the same time.
  private func locked<Result>(_ body: (_ path: String) throws -> Result) throws -> Result {
    let path = URL(fileURLWithPath: place.path).resolvingSymlinksInPath().path
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("its folder cannot be opened") }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_EX) == 0 else { throw failure("its folder cannot be locked") }
    return try body(path)
  }

  /// Puts bytes in the place of the file at once, so that no half of it is ever there.
  private func write(_ bytes: [UInt8], to path: String) throws {
    let draft = path + ".new"
    unlink(draft)
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure("it cannot be written") }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else {
        if count < 0, errno == EINTR { continue }
        let error = failure("it cannot be written")
        close(descriptor)
        unlink(draft)
        throw error
      }
      rest = rest.dropFirst(count)
    }
    guard fsync(descriptor) == 0, close(descriptor) == 0, rename(draft, path) == 0 else {
      let error = failure("it cannot be written")
      unlink(draft)
      throw error
    }
    try syncFolder(of: path)
  }

  /// Makes a name in a folder durable, which the file's own bytes are not enough for.
  private func syncFolder(of path: String) throws {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("its folder cannot be opened") }
    defer { close(descriptor) }
    // Some file systems have no such thing for folders.
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw failure("its folder cannot be synced")
    }
  }

  private func failure(_ what: String) -> Failure {
    Failure(
      "\(place.path): \(what): \(String(cString: strerror(errno))). The secrets of the flow belong into it; "
        + "--connections names another file, --keep-constants leaves them in the flow."
    )
  }
}
