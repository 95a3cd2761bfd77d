internal import Values

/// Finds the secrets in the bytes of a JSON document: also under keys that are repeated, of which a value has
/// the last alone, and however deep it is nested.
struct DocumentSecrets {
  private let bytes: [UInt8]
  /// The secrets, with what they stand under.
  private(set) var found: [ValueSecrets.Found] = []
  /// Whether names and values may stand beside each other as members, which only values tell.
  private(set) var mayHavePairs = false

  /// A list or object that is open.
  private struct Level {
    /// What an object's next value, or a list's items, stand under.
    var name: Text
    /// Whether it stands among the fields of an HTTP header.
    let inHeader: Bool
    /// How many objects it is in, itself among them.
    let depth: Int
  }

  private var levels: [Level] = []

  /// Looks through a document.
  ///
  /// - Complexity: O(*n*) in its length.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var place = 0
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "\""):
        let token = JSONStringToken(at: place, in: bytes)
        take(token)
        place = token.range.upperBound
        continue
      case UInt8(ascii: "{"): open(depth: 1)
      case UInt8(ascii: "["): open(depth: 0)
      case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = levels.popLast()
      default: break
      }
      place += 1
    }
  }

  private mutating func open(depth: Int) {
    let name = levels.last?.name ?? .empty
    let inHeader = levels.last.map { $0.inHeader || SecretNames.isHeader($0.name) } ?? false
    levels.append(
      Level(name: name, inHeader: inHeader, depth: (levels.last?.depth ?? 0) + depth)
    )
  }

  private mutating func take(_ token: JSONStringToken) {
    guard let text = token.text else { return }
    guard !token.isKey else {
      if text == "value" || text == "key" { mayHavePairs = true }
      if !levels.isEmpty { levels[levels.count - 1].name = text }
      return
    }
    let name = levels.last?.name ?? .empty
    guard !isNamed(name) || SecretReference.isCover(text) else {
      if let secret = SecretShapes.secret(under: name, text) { return found.append((secret, name)) }
      return
    }
    found += SecretShapes.secrets(in: text).map { ($0, name) }
  }

  private func isNamed(_ name: Text) -> Bool {
    guard let level = levels.last, !["key", "name"].contains(name) else { return false }
    return SecretNames.isSecret(name, level.inHeader ? .header : .anywhere)
      || level.depth == 1 && SecretNames.isSecret(name, .delivery)
  }
}
