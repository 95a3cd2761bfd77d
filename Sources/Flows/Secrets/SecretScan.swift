internal import Values

/// One pass over a text in search of secrets.
///
/// Every shape begins with a mark, stands behind one, or is told by one in its middle; the pass looks
/// closer only there, and goes on behind what it finds.
struct SecretScan {
  let bytes: [UInt8]
  /// The two runs of token signs that were measured last, from where they were measured; a token of several
  /// parts asks for one after the other again and again.
  private var runs = (0..<0, 0..<0)
  /// From where on no private key ends.
  private var lastKeyEnd: Int?

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func ranges() -> [Range<Int>] {
    var found: [Range<Int>] = []
    var place = 0
    while place < bytes.count {
      guard Self.isMark[Int(bytes[place])], let range = secret(at: place) else {
        place += 1
        continue
      }
      found.append(range)
      place = max(range.upperBound, place + 1)
    }
    return found
  }

  /// The bytes that a look is worth at.
  private static let isMark: [Bool] = {
    var marks = Array(repeating: false, count: 256)
    for byte in "-BbSsrx0eAgyT:=?&".utf8 { marks[Int(byte)] = true }
    return marks
  }()

  private mutating func secret(at place: Int) -> Range<Int>? {
    switch bytes[place] {
    case UInt8(ascii: "-"): return privateKey(at: place)
    case UInt8(ascii: ":"): return password(behind: place) ?? member(behind: place)
    case UInt8(ascii: "="): return member(behind: place)
    case UInt8(ascii: "?"), UInt8(ascii: "&"): return parameter(behind: place)
    default: return beginsWord(place) ? credential(at: place) ?? token(at: place) : nil
    }
  }
}

// MARK: - What stands around secrets

extension SecretScan {
  /// A private key in PEM form.
  private mutating func privateKey(at place: Int) -> Range<Int>? {
    guard has("-----BEGIN ", at: place), let begun = keyLabelEnd(from: place + 11) else {
      return nil
    }
    if let lastKeyEnd, begun >= lastKeyEnd { return nil }
    var end = begun
    while end < bytes.count {
      if bytes[end] == UInt8(ascii: "-"), has("-----END ", at: end),
        let ended = keyLabelEnd(from: end + 9)
      {
        return place..<ended
      }
      end += 1
    }
    lastKeyEnd = begun
    return nil
  }

  /// Behind the label of a private key and its hyphens.
  private func keyLabelEnd(from start: Int) -> Int? {
    var place = start
    while place < min(bytes.count, start + 40) {
      if has("PRIVATE KEY-----", at: place) { return place + 16 }
      guard bytes[place] == UInt8(ascii: " ") || Self.isUpper(bytes[place]) else { return nil }
      place += 1
    }
    return nil
  }

  /// What follows a scheme of HTTP's authorization.
  private func credential(at place: Int) -> Range<Int>? {
    guard let start = behindScheme(at: place) else { return nil }
    let end = end(from: start, Self.isCredentialSign)
    guard end - start >= 3 else { return nil }
    let isWhole = place == 0 && end == bytes.count
    return isWhole || looksRandom(start..<end) ? start..<end : nil
  }

  private func behindScheme(at place: Int, of schemes: [[UInt8]] = schemes) -> Int? {
    for scheme in schemes where Self.has(scheme, at: place, in: bytes) {
      let behind = end(from: place + scheme.count) { $0 == UInt8(ascii: " ") }
      return behind > place + scheme.count ? behind : nil
    }
    return nil
  }

  private static let schemes = ["bearer", "ssws", "basic"].map { Array($0.utf8) }

  /// The value of a member of JSON or of a form whose name means a secret.
  private func member(behind sign: Int) -> Range<Int>? {
    guard isBehindName(sign) else { return nil }
    var start = end(from: sign + 1, Self.isSpace)
    if start < bytes.count, bytes[start] == UInt8(ascii: "\\") { start += 1 }
    let isQuoted = start < bytes.count && Self.isQuote(bytes[start])
    if isQuoted { start += 1 }
    let behind = behindScheme(at: start, of: SecretShapes.schemes)
    start = behind ?? start
    let end = end(from: start, Self.isMemberSign)
    guard end - start >= 4, !Self.isWord(bytes[start..<end]) else { return nil }
    // What follows a colon in prose is mostly a word.
    let isCertain = isQuoted || behind != nil || bytes[sign] == UInt8(ascii: "=")
    guard isCertain || end - start >= 24 || bytes[start..<end].contains(where: Self.isDigit) else {
      return nil
    }
    return start..<end
  }

  private func isBehindName(_ sign: Int) -> Bool {
    var end = sign
    while end > 0, Self.isSpace(bytes[end - 1]) { end -= 1 }
    if end > 0, Self.isQuote(bytes[end - 1]) { end -= 1 }
    if end > 0, bytes[end - 1] == UInt8(ascii: "\\") { end -= 1 }
    return Self.memberNames.contains { name in
      end >= name.count && Self.has(name, at: end - name.count, in: bytes)
    }
  }

  private static let memberNames = [
    "authorization", "x-api-key", "apikey", "api_key", "clientsecret", "client_secret",
    "accesstoken", "access_token", "refreshtoken", "refresh_token", "privatekey", "private_key",
    "password", "passwd", "passphrase",
  ].map { Array($0.utf8) }

  /// The password in front of a host.
  private func password(behind colon: Int) -> Range<Int>? {
    guard has("://", at: colon) else { return nil }
    let user = end(from: colon + 3) { Self.isUserSign($0) && $0 != UInt8(ascii: ":") }
    guard user < bytes.count, bytes[user] == UInt8(ascii: ":") else { return nil }
    let end = end(from: user + 1, Self.isUserSign)
    guard end < bytes.count, bytes[end] == UInt8(ascii: "@"), end - user > 3 else { return nil }
    return user + 1..<end
  }

  /// The value of a parameter of an address whose name means a secret, if it looks like one.
  private func parameter(behind sign: Int) -> Range<Int>? {
    for name in Self.parameterNames where Self.has(name, at: sign + 1, in: bytes) {
      let start = sign + 1 + name.count
      // Of longer ones no more has to be known to tell whether they look like a secret.
      let end = end(from: start, Self.isParameterSign)
      return looksRandom(start..<end) ? start..<end : nil
    }
    return nil
  }

  private static let parameterNames = [
    "token=", "key=", "sig=", "signature=", "code=", "auth=", "secret=", "apikey=", "api_key=",
  ].map { Array($0.utf8) }
}

// MARK: - Runs

extension SecretScan {
  /// Where the signs end that are letters, digits, hyphens and underscores.
  mutating func tokenEnd(from start: Int) -> Int {
    if runs.0.contains(start) { return runs.0.upperBound }
    if runs.1.contains(start) { return runs.1.upperBound }
    let end = end(from: start, Self.isTokenSign)
    if end > start { runs = (start..<end, runs.0) }
    return end
  }

  /// Where the signs of a kind end that begin at a place.
  func end(from start: Int, _ belongs: (UInt8) -> Bool) -> Int {
    var place = start
    while place < bytes.count, belongs(bytes[place]) { place += 1 }
    return place
  }

  /// Whether a text stands at a place, exactly so.
  func has(_ text: String, at place: Int) -> Bool {
    let sought = text.utf8
    guard place + sought.count <= bytes.count else { return false }
    return sought.elementsEqual(bytes[place..<place + sought.count])
  }

  /// Whether a text of lower-case letters stands at a place, in whatever case.
  static func has(_ text: [UInt8], at place: Int, in bytes: [UInt8]) -> Bool {
    guard place + text.count <= bytes.count else { return false }
    for offset in text.indices where lowered(bytes[place + offset]) != text[offset] { return false }
    return true
  }

  /// Whether what begins at a place is no part of a longer word.
  private func beginsWord(_ place: Int) -> Bool {
    place == 0 || !(Self.isTokenSign(bytes[place - 1]) && bytes[place - 1] != UInt8(ascii: "-"))
  }

  /// Whether a text is hardly a word of a sentence.
  private func looksRandom(_ range: Range<Int>) -> Bool {
    range.count >= 24 || range.count >= 8 && bytes[range].contains(where: Self.isDigit)
  }

  /// Whether a text names a kind of value rather than being one.
  static func isWord(_ bytes: ArraySlice<UInt8>) -> Bool {
    words.contains { $0.elementsEqual(bytes) }
  }

  private static let words = [
    "true", "false", "null", "none", "undefined", "Bearer", "SSWS", "Basic",
  ].map { Array($0.utf8) }
}
