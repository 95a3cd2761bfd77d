internal import Values

/// Finds secrets in texts by what they look like.
///
/// Making one takes as long as looking through many texts.
struct SecretShapes {
  /// The secrets in a text that stands where anything may.
  func secrets(in text: Text) -> [Text] {
    let string = text.description
    guard string.utf8.count >= 8, Text(string) == text else { return [] }
    var found: [Text] = []
    func add(_ part: Substring) {
      let secret = Text(String(part))
      if !found.contains(secret) { found.append(secret) }
    }
    for match in string.matches(of: privateKeys) { add(match.output) }
    for shape in tokens { for match in string.matches(of: shape) { add(match.output) } }
    for match in string.matches(of: credentials) {
      let token = match.output.1
      let isWhole = match.output.0.utf8.count == string.utf8.count
      if isWhole || Self.looksRandom(token) { add(token) }
    }
    for match in string.matches(of: members) where !Self.isWord(match.output.1) {
      add(match.output.1)
    }
    for match in string.matches(of: passwords) { add(match.output.1) }
    for match in string.matches(of: parameters) where Self.looksRandom(match.output.1) {
      add(match.output.1)
    }
    return Self.withoutParts(found)
  }

  /// The secret in a text that stands under a name which means one: what follows the scheme, or all of it;
  /// nil where it is a slot of a template or nothing.
  func secret(under name: Text, _ text: Text) -> Text? {
    var string = Substring(text.description)
    guard Text(String(string)) == text else { return nil }
    if let match = string.prefixMatch(of: schemes) {
      string = string[match.range.upperBound...]
    }
    guard !string.contains("{{{"), string.utf8.count >= 3, !Self.isWord(string) else { return nil }
    return Text(String(string))
  }

  private let privateKeys =
    #/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----/#

  /// What follows a scheme of HTTP's authorization.
  private let credentials = #/(?i)\b(?:Bearer|SSWS|Basic)[ ]+([A-Za-z0-9._~+\/=\-]{3,})/#

  /// A scheme that a text begins with.
  private let schemes = #/(?i)(?:Bearer|SSWS|Basic|Token|Bot|ApiKey|Key|GenieKey)[ ]+/#

  /// Tokens that show whose they are.
  private let tokens: [Regex<Substring>] = [
    #/\bxox[abeoprs]-[A-Za-z0-9\-]{8,}/#, #/\bxapp-[A-Za-z0-9\-]{8,}/#,
    #/\b00[A-Za-z0-9_\-]{40}(?![A-Za-z0-9_\-])/#,
    #/\beyJ[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-]*/#,
    #/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/#, #/\bgh[opsur]_[A-Za-z0-9]{20,}/#,
    #/\bgithub_pat_[A-Za-z0-9_]{20,}/#, #/\bglpat-[A-Za-z0-9_\-]{16,}/#,
    #/\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,}/#, #/\bAIza[0-9A-Za-z_\-]{35}/#,
    #/\bSG\.[A-Za-z0-9_\-]{16,}\.[A-Za-z0-9_\-]{16,}/#, #/\bya29\.[A-Za-z0-9_\-.]{16,}/#,
    #/\bT[A-Z0-9]{6,}\/B[A-Z0-9]{6,}\/[A-Za-z0-9]{16,}/#,
  ]

  /// Members of JSON or of a form whose names mean a secret.
  private let members =
    #/(?i)(?:authorization|x-api-key|api_?key|client_?secret|access_?token|refresh_?token|private_?key|password|passwd|passphrase)\\?["']?\s*[:=]\s*\\?["']?(?:(?:Bearer|SSWS|Basic)[ ]+)?([^"'\\&\s,;{}<>\[\]]{4,})/#

  /// The password in front of a host.
  private let passwords = #/:\/\/[^\/\s:@{}"']*:([^\/\s@{}"']{3,})@/#

  /// Parameters of an address whose names mean a secret, if their values look like one.
  private let parameters =
    #/(?i)[?&](?:token|key|sig|signature|code|auth|secret|api_?key)=([^&\s{}#"']{8,})/#

  /// Whether a text is hardly a word of a sentence.
  private static func looksRandom(_ part: Substring) -> Bool {
    part.utf8.count >= 8 && part.contains(where: \.isNumber) || part.utf8.count >= 24
  }

  /// Whether a text names a kind of value rather than being one.
  private static func isWord(_ part: Substring) -> Bool {
    ["true", "false", "null", "none", "undefined", "Bearer", "SSWS", "Basic"].contains(part)
  }

  /// Without those that another one holds.
  private static func withoutParts(_ found: [Text]) -> [Text] {
    found.filter { part in !found.contains { $0 != part && $0.contains(part) } }
  }
}
