/// Tokens that show whose they are.
extension SecretScan {
  mutating func token(at place: Int) -> Range<Int>? {
    switch bytes[place] {
    case UInt8(ascii: "x"): return slackToken(at: place)
    case UInt8(ascii: "0"): return oktaToken(at: place)
    case UInt8(ascii: "e"): return webToken(at: place)
    case UInt8(ascii: "A"): return cloudKey(at: place)
    case UInt8(ascii: "g"): return repositoryToken(at: place)
    case UInt8(ascii: "s"), UInt8(ascii: "r"): return paymentKey(at: place)
    case UInt8(ascii: "S"): return mailKey(at: place)
    case UInt8(ascii: "y"):
      return begun("ya29.", at: place, atLeast: 16) {
        Self.isTokenSign($0) || $0 == UInt8(ascii: ".")
      }
    case UInt8(ascii: "T"): return webhookPath(at: place)
    default: return nil
    }
  }

  private func slackToken(at place: Int) -> Range<Int>? {
    if has("xapp-", at: place) { return begun("xapp-", at: place, atLeast: 8, Self.isHyphened) }
    guard has("xox", at: place), place + 4 < bytes.count,
      "abeoprs".utf8.contains(bytes[place + 3]), bytes[place + 4] == UInt8(ascii: "-")
    else { return nil }
    let end = end(from: place + 5, Self.isHyphened)
    return end - place >= 13 ? place..<end : nil
  }

  /// Two zeros and forty signs.
  private mutating func oktaToken(at place: Int) -> Range<Int>? {
    guard has("00", at: place) else { return nil }
    let end = tokenEnd(from: place)
    return end - place == 42 ? place..<end : nil
  }

  /// A JSON Web Token.
  private mutating func webToken(at place: Int) -> Range<Int>? {
    guard has("eyJ", at: place) else { return nil }
    let header = tokenEnd(from: place)
    guard header - place >= 11, header < bytes.count, bytes[header] == UInt8(ascii: ".") else {
      return nil
    }
    let payload = tokenEnd(from: header + 1)
    guard payload - header > 8, payload < bytes.count, bytes[payload] == UInt8(ascii: ".") else {
      return nil
    }
    return place..<tokenEnd(from: payload + 1)
  }

  private func cloudKey(at place: Int) -> Range<Int>? {
    if has("AIza", at: place) {
      let end = place + 39
      guard end <= bytes.count, bytes[place..<end].allSatisfy(Self.isTokenSign) else { return nil }
      return place..<end
    }
    guard has("AKIA", at: place) || has("ASIA", at: place) else { return nil }
    let end = end(from: place) { Self.isUpper($0) || Self.isDigit($0) }
    guard end - place == 20 else { return nil }
    return end == bytes.count || !Self.isTokenSign(bytes[end]) || bytes[end] == UInt8(ascii: "-")
      ? place..<end : nil
  }

  private func repositoryToken(at place: Int) -> Range<Int>? {
    if has("github_pat_", at: place) {
      return begun("github_pat_", at: place, atLeast: 20) {
        Self.isTokenSign($0) && $0 != UInt8(ascii: "-")
      }
    }
    if has("glpat-", at: place) { return begun("glpat-", at: place, atLeast: 16, Self.isTokenSign) }
    guard has("gh", at: place), place + 3 < bytes.count,
      "opsur".utf8.contains(bytes[place + 2]), bytes[place + 3] == UInt8(ascii: "_")
    else { return nil }
    let end = end(from: place + 4, Self.isLetterOrDigit)
    return end - place >= 24 ? place..<end : nil
  }

  private func paymentKey(at place: Int) -> Range<Int>? {
    guard place + 1 < bytes.count, bytes[place + 1] == UInt8(ascii: "k") else { return nil }
    guard has("k_live_", at: place + 1) || has("k_test_", at: place + 1) else { return nil }
    let end = end(from: place + 8, Self.isLetterOrDigit)
    return end - place >= 24 ? place..<end : nil
  }

  private mutating func mailKey(at place: Int) -> Range<Int>? {
    guard has("SG.", at: place) else { return nil }
    let middle = tokenEnd(from: place + 3)
    guard middle - place >= 19, middle < bytes.count, bytes[middle] == UInt8(ascii: ".") else {
      return nil
    }
    let end = tokenEnd(from: middle + 1)
    return end - middle > 16 ? place..<end : nil
  }

  /// What follows the host of one of Slack's webhooks.
  private func webhookPath(at place: Int) -> Range<Int>? {
    let team = end(from: place + 1) { Self.isUpper($0) || Self.isDigit($0) }
    guard team - place >= 7, has("/B", at: team) else { return nil }
    let app = end(from: team + 2) { Self.isUpper($0) || Self.isDigit($0) }
    guard app - team >= 8, app < bytes.count, bytes[app] == UInt8(ascii: "/") else { return nil }
    let end = end(from: app + 1, Self.isLetterOrDigit)
    return end - app > 16 ? place..<end : nil
  }

  private func begun(
    _ text: String,
    at place: Int,
    atLeast count: Int,
    _ belongs: (UInt8) -> Bool
  ) -> Range<Int>? {
    guard has(text, at: place) else { return nil }
    let end = end(from: place + text.utf8.count, belongs)
    return end - place - text.utf8.count >= count ? place..<end : nil
  }
}

/// Kinds of signs.
extension SecretScan {
  static func lowered(_ byte: UInt8) -> UInt8 { isUpper(byte) ? byte | 0x20 : byte }

  static func isUpper(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }

  static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lowered(byte))
  }

  static func isHyphened(_ byte: UInt8) -> Bool {
    isLetterOrDigit(byte) || byte == UInt8(ascii: "-")
  }

  static func isTokenSign(_ byte: UInt8) -> Bool {
    isLetterOrDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
  }

  static func isCredentialSign(_ byte: UInt8) -> Bool {
    isTokenSign(byte) || "._~+/=-".utf8.contains(byte)
  }

  static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || (9...13).contains(byte)
  }

  static func isQuote(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
  }

  /// Whether a sign may stand in a member's value without ending it.
  static func isMemberSign(_ byte: UInt8) -> Bool {
    !isSpace(byte) && !isQuote(byte) && !"\\&,;{}<>[]".utf8.contains(byte)
  }

  /// Whether a sign may stand in a parameter's value.
  static func isParameterSign(_ byte: UInt8) -> Bool {
    !isSpace(byte) && !isQuote(byte) && !"&{}#".utf8.contains(byte)
  }

  /// Whether a sign may stand in a name or password before a host.
  static func isUserSign(_ byte: UInt8) -> Bool {
    !isSpace(byte) && !isQuote(byte) && !"/@{}".utf8.contains(byte)
  }
}
