internal import Values

/// The credentials of all hooks, as their file holds them, which is kept beside the store and not in it.
public struct HookCredentials: Hashable, Sendable {
  private var credentials: [String: [HookCredential]] = [:]

  /// Makes credentials of no hook.
  public init() {}

  /// A hook's credentials that are valid at a time in milliseconds since 1970, the newest first.
  public func valid(of hook: String, at now: Int64) -> [HookCredential] {
    (credentials[hook] ?? []).reversed().filter { $0.isValid(at: now) }
  }

  /// What the next credential of a hook is called.
  public func nextID(of hook: String) -> String {
    let last = credentials[hook]?.last.flatMap { Int($0.id.dropFirst()) } ?? 0
    return "k\(last + 1)"
  }

  /// Adds a hook's credential; those that it has are valid until a time, in milliseconds since 1970.
  public mutating func add(_ credential: HookCredential, to hook: String, endingOthers end: Int64) {
    var all = (credentials[hook] ?? []).filter { $0.isValid(at: credential.since) }
    for place in all.indices { all[place].until = min(all[place].until ?? end, end) }
    credentials[hook] = all + [credential]
  }

  /// Removes a hook's credentials.
  public mutating func remove(_ hook: String) { credentials[hook] = nil }
}

// MARK: - File

extension HookCredentials {
  /// The file cannot be used.
  public struct Malformed: Error, Hashable, CustomStringConvertible {
    /// What is wrong with it.
    public let description: String
  }

  /// Reads the file.
  ///
  /// - Throws: `Malformed`, which quotes nothing of the file.
  public init(file: [UInt8]) throws(Malformed) {
    guard case .object(let document)? = try? JSON.parse(file),
      case .object(let hooks)? = document["hooks"]
    else { throw Malformed(description: "it is no JSON object with the member `hooks`") }
    for (name, value) in hooks {
      guard case .list(let items) = value else {
        throw Malformed(description: "the credentials of hook \(name) are no list")
      }
      var read: [HookCredential] = []
      for item in items {
        guard let credential = HookCredential(item) else {
          throw Malformed(description: "a credential of hook \(name) lacks a member")
        }
        read.append(credential)
      }
      credentials[name.description] = read
    }
  }

  /// The file's bytes, hooks by their names.
  public var file: [UInt8] {
    var hooks = Object()
    for name in credentials.keys.sorted() {
      hooks[Text(name)] = .list((credentials[name] ?? []).map(\.value))
    }
    return JSON.serialize(.object(["hooks": .object(hooks)])) + [UInt8(ascii: "\n")]
  }
}

extension HookCredential {
  init?(_ value: Value) {
    guard case .object(let members) = value, case .text(let id)? = members["id"],
      case .number(let since)? = members["since"], let since = Int64(exactly: since)
    else { return nil }
    var until: Int64?
    if case .number(let number)? = members["until"] { until = Int64(exactly: number) }
    let kept: Kept
    if let secret = members.bytes("secret") {
      kept = .secret(secret)
    } else if let digest = members.bytes("sha256"), let salt = members.bytes("salt") {
      kept = .digest(digest, salt: salt)
    } else {
      return nil
    }
    self.init(id: id.description, kept, since: since, until: until)
  }

  var value: Value {
    var members: Object = ["id": .text(Text(id)), "since": .number(Double(since))]
    if let until { members["until"] = .number(Double(until)) }
    switch kept {
    case .digest(let digest, let salt):
      members["sha256"] = .text(Base64.encode(digest))
      members["salt"] = .text(Base64.encode(salt))
    case .secret(let secret): members["secret"] = .text(Base64.encode(secret))
    }
    return .object(members)
  }
}

extension Object {
  fileprivate func bytes(_ key: Text) -> [UInt8]? {
    guard case .text(let text)? = self[key] else { return nil }
    return Base64.decode(text)
  }
}
