public import Values

/// What stands in a definition in place of a secret: its name and a keyed digest of it.
public struct SecretReference: Hashable, Sendable {
  /// The name under which the connection file has the secret.
  public let name: Text
  /// The digest; see ``SecretDigest``.
  public let digest: Text

  /// Makes a reference.
  public init(name: Text, digest: Text) {
    self.name = name
    self.digest = digest
  }

  /// The reference as it stands in a text.
  public var text: Text { Self.text(name, digest) }

  /// The reference as people read it.
  var shown: Text { "[secret " + name + "]" }

  /// The reference without the name, which files may choose, for what has to be the same everywhere.
  var nameless: Text { "[secret " + digest + "]" }

  static func text(_ label: Text, _ digest: Text) -> Text {
    "[secret " + label + " " + digest + "]"
  }

  /// What a call hands on in a run without secrets where only the recording tells; no text of a flow equals it.
  static let recorded = Value.text(Text(wtf8: [0xFF] + Array("recorded".utf8)))

  /// How every such text begins.
  static let beginning: Text = "[secret "

  /// Whether a text is what stands in place of a secret, and nothing else.
  static func isCover(_ text: Text) -> Bool {
    guard text.hasPrefix(beginning), text.bytes.last == UInt8(ascii: "]") else { return false }
    let words = text.bytes.dropFirst(beginning.bytes.count).dropLast()
      .split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    return (1...2).contains(words.count)
      && words.allSatisfy { word in
        !word.isEmpty && word.allSatisfy { SecretScan.isTokenSign($0) || $0 == UInt8(ascii: ".") }
      }
  }
}

extension SecretReference {
  /// The reference as stored definitions list it.
  var value: Value { ["name": .text(name), "digest": .text(digest)] }

  init?(_ value: Value) {
    guard case .object(let object) = value, case .text(let name)? = object["name"],
      case .text(let digest)? = object["digest"]
    else { return nil }
    self.init(name: name, digest: digest)
  }
}

extension FlowClosure {
  /// A value of the definition as people read it: references to secrets by their names alone.
  func shown(_ value: Value) -> Value {
    if secrets.isEmpty { return value }
    return value.replacingTexts(secrets.map { ($0.text, $0.shown) })
  }
}
