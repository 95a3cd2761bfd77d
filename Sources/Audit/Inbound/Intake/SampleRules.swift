/// What of a text may stay in a sample: parts that so many documents share that they name no person.
struct SampleRules {
  /// A part of a text, and whether it stays.
  typealias Part = (text: ArraySlice<UInt8>, stays: Bool)

  /// How many documents must share a text without digits for it to stay.
  private static let sharing = 20
  /// The longest text that is counted.
  private static let longest = 128

  /// Members that can hold a person's name or words.
  private static let personal: Set<ArraySlice<UInt8>> = Set(
    [
      "displayName", "alternateId", "name", "firstName", "lastName", "login", "email", "userName",
      "user_name", "real_name", "username", "text", "value",
    ].map { Array($0.utf8)[...] }
  )
  /// Members whose texts name products and their versions.
  private static let products: Set<ArraySlice<UInt8>> = [Array("rawUserAgent".utf8)[...]]

  private var documents = 0
  /// In how many documents a text or a part of one stands, and in which it was met last.
  private var counts: [Counted: (count: Int, last: Int)] = [:]

  /// A text as a key that is hashed at once and not byte by byte.
  private struct Counted: Hashable {
    let text: ArraySlice<UInt8>

    func hash(into hasher: inout Hasher) {
      text.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
  }

  /// A text that so large a part of the documents shares that it cannot be about a person.
  private var tenth: Int { max(Self.sharing, documents / 10) }
}

// MARK: - Counting

extension SampleRules {
  /// Takes in a text of the current document: a value with its member's name, or such a name.
  mutating func count(_ text: ArraySlice<UInt8>, of member: ArraySlice<UInt8>?) {
    guard text.count <= Self.longest * 4 else { return }
    count(text)
    guard let member else { return }
    if let domain = Self.domain(of: text) { count(domain) }
    if Self.isIdentifier(text) { count(text.prefix(3)) }
    for part in Self.words(of: text, member) where part.isWord && part.text.count != text.count {
      count(part.text)
    }
  }

  /// Goes on to the next document.
  mutating func endDocument() {
    documents += 1
  }

  private mutating func count(_ text: ArraySlice<UInt8>) {
    let documents = documents
    Self.count(&counts[Counted(text: text), default: (0, -1)], documents)
  }

  private static func count(_ known: inout (count: Int, last: Int), _ document: Int) {
    guard known.last != document else { return }
    known = (known.count + 1, document)
  }
}

// MARK: - Deciding

extension SampleRules {
  /// The text cut into what stays and what does not.
  func parts(of text: ArraySlice<UInt8>, _ member: ArraySlice<UInt8>?) -> [Part] {
    if stays(text, of: member) { return [(text, true)] }
    guard let member else { return [(text, false)] }
    if let domain = Self.domain(of: text) {
      let stays = isShared(domain, by: tenth)
      return [(text.dropLast(domain.count), false), (domain, stays)]
    }
    if Self.isIdentifier(text), isShared(text.prefix(3), by: Self.sharing) {
      return [(text.prefix(3), true), (text.dropFirst(3), false)]
    }
    if Self.isTime(text) { return [(text.prefix(5), true), (text.dropFirst(5), false)] }
    guard !Self.personal.contains(member) else { return [(text, false)] }
    let limit = Self.products.contains(member) ? Self.sharing : tenth
    return Self.words(of: text, member).map { part in
      (part.text, part.isWord && isShared(part.text, by: limit))
    }
  }

  private func stays(_ text: ArraySlice<UInt8>, of member: ArraySlice<UInt8>?) -> Bool {
    guard text.count <= Self.longest, !text.contains(UInt8(ascii: "@")) else { return false }
    guard let member else { return isShared(text, by: Self.sharing) }
    if text.elementsEqual("unknown".utf8) { return true }
    guard !Self.personal.contains(member) else { return false }
    guard text.contains(where: \.isDigit) else { return isShared(text, by: Self.sharing) }
    let isNoNumber = text.count < 3 || text.contains(where: \.isLetter)
    return isNoNumber && isShared(text, by: tenth)
  }

  private func isShared(_ text: ArraySlice<UInt8>, by limit: Int) -> Bool {
    counts[Counted(text: text)].map { $0.count >= limit } ?? false
  }
}

// MARK: - Forms of texts

extension SampleRules {
  /// The domain of an address, with its sign; nil where the text is no address.
  private static func domain(of text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    text.lastIndex(of: UInt8(ascii: "@")).map { text[$0...] }
  }

  /// Whether it is an id like Okta's, whose first characters tell what it is the id of.
  private static func isIdentifier(_ text: ArraySlice<UInt8>) -> Bool {
    text.count >= 16 && text.count <= 64 && text.allSatisfy { $0.isLetter || $0.isDigit }
  }

  /// Whether it is a time, of which the year stays.
  private static func isTime(_ text: ArraySlice<UInt8>) -> Bool {
    let form = Array("0000-00-00T".utf8)
    return text.count > form.count
      && zip(text, form).allSatisfy { $1 == UInt8(ascii: "0") ? $0.isDigit : $0 == $1 }
  }

  /// A text's words and what stands between them: words of letters or, of products, with digits.
  private static func words(
    of text: ArraySlice<UInt8>,
    _ member: ArraySlice<UInt8>
  ) -> [(text: ArraySlice<UInt8>, isWord: Bool)] {
    let isProduct = products.contains(member)
    func isPart(_ byte: UInt8) -> Bool {
      byte.isLetter || isProduct && (byte.isDigit || byte == UInt8(ascii: ".") || byte == 0x5F)
    }
    var words: [(text: ArraySlice<UInt8>, isWord: Bool)] = []
    var rest = text
    while let first = rest.first {
      let isWord = isPart(first)
      let part = rest.prefix { isPart($0) == isWord }
      words.append((part, isWord))
      rest = rest.dropFirst(part.count)
    }
    return words
  }
}
