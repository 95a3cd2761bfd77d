internal import Values

/// Finds secrets in texts by what they look like.
enum SecretShapes {
  /// The secrets in a text that stands where anything may, without repeats.
  ///
  /// - Complexity: O(*n*) in its length.
  static func secrets(in text: Text) -> [Text] {
    var found: [Text] = []
    var known: Set<Text> = []
    for range in ranges(in: text) {
      let secret = Text(wtf8: Array(text.bytes[range]))
      if known.insert(secret).inserted { found.append(secret) }
    }
    return found
  }

  /// Where secrets stand in a text that stands where anything may, ascending and apart.
  ///
  /// - Complexity: O(*n*) in its length.
  static func ranges(in text: Text) -> [Range<Int>] {
    let bytes = text.bytes
    guard bytes.count >= 8 else { return [] }
    var scan = SecretScan(bytes)
    return scan.ranges()
  }

  /// The secret in a text that stands under a name which means one: what follows the scheme, or all of it;
  /// nil where it is a slot of a template or nothing.
  static func secret(under name: Text, _ text: Text) -> Text? {
    let bytes = text.bytes
    // The working folder goes by the name of a password.
    if bytes.first == UInt8(ascii: "/"), name.lowercased() == "pwd" { return nil }
    var start = 0
    for scheme in schemes where SecretScan.has(scheme, at: 0, in: bytes) {
      let behind = bytes[scheme.count...].firstIndex { $0 != UInt8(ascii: " ") } ?? bytes.count
      if behind > scheme.count { start = behind }
    }
    let secret = Text(wtf8: Array(bytes[start...]))
    guard secret.bytes.count >= 3, !secret.contains("{{{"), !SecretScan.isWord(bytes[start...])
    else { return nil }
    return secret
  }

  /// Schemes that a text begins with, in lower case.
  static let schemes = [
    "bearer", "ssws", "basic", "token", "bot", "apikey", "key", "geniekey",
  ].map { Array($0.utf8) }
}
