internal import Values

/// The URLs of recipients and the secrets that sign what goes to them, as their file holds them, which is
/// kept beside the store and not in it.
public struct RecipientSecrets: Hashable, Sendable {
  private var urls: [String: String] = [:]
  private var keys: [String: [HookCredential]] = [:]

  /// Makes secrets of no recipient.
  public init() {}

  /// The URL of a recipient; nil where it has none.
  public func url(of recipient: String) -> String? { urls[recipient] }

  /// The secrets that sign at a time in milliseconds since 1970, the newest first.
  public func signing(for recipient: String, at now: Int64) -> [[UInt8]] {
    (keys[recipient] ?? []).reversed().compactMap { key in
      guard key.isValid(at: now), case .secret(let secret) = key.kept else { return nil }
      return secret
    }
  }

  /// What the next secret of a recipient is called.
  public func nextID(of recipient: String) -> String {
    let last = keys[recipient]?.last.flatMap { Int($0.id.dropFirst()) } ?? 0
    return "k\(last + 1)"
  }

  /// Sets the URL of a recipient.
  public mutating func set(_ url: String, of recipient: String) { urls[recipient] = url }

  /// Adds a secret; those that the recipient has sign until a time, in milliseconds since 1970.
  public mutating func add(_ key: HookCredential, to recipient: String, endingOthers end: Int64) {
    var all = (keys[recipient] ?? []).filter { $0.isValid(at: key.since) }
    for place in all.indices { all[place].until = min(all[place].until ?? end, end) }
    keys[recipient] = all + [key]
  }

  /// Removes what is kept of a recipient.
  public mutating func remove(_ recipient: String) {
    urls[recipient] = nil
    keys[recipient] = nil
  }
}

extension RecipientSecrets: CustomStringConvertible, CustomReflectable {
  /// How many recipients it is of, and nothing of the secrets.
  public var description: String {
    "secrets of \(Set(urls.keys).union(keys.keys).count) recipients"
  }

  /// Nothing, so that no dump shows a secret.
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}

// MARK: - File

extension RecipientSecrets {
  /// The file cannot be used.
  public struct Malformed: Error, Hashable, CustomStringConvertible {
    /// What is wrong with it.
    public let description: String
  }

  /// Reads the file.
  ///
  /// - Throws: `Malformed`, which quotes nothing of the file.
  public init(file: [UInt8]) throws(Malformed) {
    guard let recipients = ViewRow.object(file)?.object("recipients") else {
      throw Malformed(description: "it is no JSON object with the member `recipients`")
    }
    for (key, value) in recipients {
      let name = key.description
      guard case .object(let members) = value else {
        throw Malformed(description: "what is kept of \(name) is no object")
      }
      urls[name] = members.textAt("url")?.description
      var read: [HookCredential] = []
      for item in members.list("keys") {
        guard let key = HookCredential(item) else {
          throw Malformed(description: "a secret of \(name) lacks a member")
        }
        read.append(key)
      }
      if !read.isEmpty { keys[name] = read }
    }
  }

  /// The file's bytes, recipients by their names.
  public var file: [UInt8] {
    var recipients = Object()
    for name in Set(urls.keys).union(keys.keys).sorted() {
      var members = Object()
      if let url = urls[name] { members["url"] = .text(Text(url)) }
      if let keys = keys[name] { members["keys"] = .list(keys.map(\.value)) }
      recipients[Text(name)] = .object(members)
    }
    return JSON.serialize(.object(["recipients": .object(recipients)])) + [UInt8(ascii: "\n")]
  }
}
