/// What of a text may stay in a sample: parts that so many documents share that they name no person.
struct SampleRules {
  /// How many documents must share a text without digits for it to stay.
  private static let sharing: Int32 = 20
  /// The longest text that is counted.
  private static let longest = 128

  /// Members that can hold a person's name or words.
  private static let personal = TextTable(
    [
      "displayName", "alternateId", "name", "firstName", "lastName", "login", "email", "userName",
      "user_name", "real_name", "username", "text", "value",
    ],
    as: true,
    otherwise: false
  )
  /// Members whose texts name products and their versions.
  private static let products = TextTable(["rawUserAgent"], as: true, otherwise: false)

  private var documents: Int32 = 0
  /// In how many documents a text or a part of one stands, and in which it was met last.
  private var counts = TextTable(initial: (count: Int32(0), last: Int32(-1)))

  /// A text that so large a part of the documents shares that it cannot be about a person.
  private var tenth: Int32 { max(Self.sharing, documents / 10) }
}

// MARK: - Counting

extension SampleRules {
  /// Takes in a text of the current document: a value with its member's name, or such a name.
  mutating func count(_ text: UnsafeRawBufferPointer, of member: UnsafeRawBufferPointer?) {
    guard text.count <= Self.longest * 4 else { return }
    count(text)
    guard let member else { return }
    if let domain = Self.domain(of: text) { count(domain) }
    if Self.isIdentifier(text) { count(Self.prefix(of: text, 3)) }
    Self.forEachWord(of: text, isProduct: Self.isProduct(member)) { word, isWord in
      if isWord, word.count != text.count { count(word) }
    }
  }

  /// Goes on to the next document.
  mutating func endDocument() {
    documents += 1
  }

  private mutating func count(_ text: UnsafeRawBufferPointer) {
    Self.count(&counts[text], documents)
  }

  private static func count(_ known: inout (count: Int32, last: Int32), _ document: Int32) {
    guard known.last != document else { return }
    known = (known.count + 1, document)
  }
}

// MARK: - Deciding

extension SampleRules {
  /// Hands over the text in parts, each with whether it stays.
  func forEachPart(
    of text: UnsafeRawBufferPointer,
    _ member: UnsafeRawBufferPointer?,
    _ body: (UnsafeRawBufferPointer, _ stays: Bool) -> Void
  ) {
    let isPersonal = member.map { Self.personal[$0] } ?? false
    if stays(text, isValue: member != nil, isPersonal) { return body(text, true) }
    guard let member else { return body(text, false) }
    if let domain = Self.domain(of: text) {
      body(Self.prefix(of: text, text.count - domain.count), false)
      return body(domain, isShared(domain, by: tenth))
    }
    if Self.isIdentifier(text), isShared(Self.prefix(of: text, 3), by: Self.sharing) {
      body(Self.prefix(of: text, 3), true)
      return body(UnsafeRawBufferPointer(rebasing: text.dropFirst(3)), false)
    }
    if Self.isTime(text) {
      body(Self.prefix(of: text, 5), true)
      return body(UnsafeRawBufferPointer(rebasing: text.dropFirst(5)), false)
    }
    guard !isPersonal else { return body(text, false) }
    let isProduct = Self.isProduct(member)
    let limit = isProduct ? Self.sharing : tenth
    Self.forEachWord(of: text, isProduct: isProduct) { word, isWord in
      body(word, isWord && isShared(word, by: limit))
    }
  }

  private func stays(
    _ text: UnsafeRawBufferPointer,
    isValue: Bool,
    _ isPersonal: Bool
  ) -> Bool {
    guard text.count <= Self.longest, !text.contains(UInt8(ascii: "@")) else { return false }
    guard isValue else { return isShared(text, by: Self.sharing) }
    if text.elementsEqual("unknown".utf8) { return true }
    guard !isPersonal else { return false }
    guard text.contains(where: \.isDigit) else { return isShared(text, by: Self.sharing) }
    let isNoNumber = text.count < 3 || text.contains(where: \.isLetter)
    return isNoNumber && isShared(text, by: tenth)
  }

  private func isShared(_ text: UnsafeRawBufferPointer, by limit: Int32) -> Bool {
    counts[text].count >= limit
  }
}

// MARK: - Forms of texts

extension SampleRules {
  private static func prefix(of text: UnsafeRawBufferPointer, _ length: Int)
    -> UnsafeRawBufferPointer
  {
    UnsafeRawBufferPointer(rebasing: text.prefix(length))
  }

  private static func isProduct(_ member: UnsafeRawBufferPointer) -> Bool {
    products[member]
  }

  /// The domain of an address, with its sign; nil where the text is no address.
  private static func domain(of text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    text.lastIndex(of: UInt8(ascii: "@")).map { UnsafeRawBufferPointer(rebasing: text[$0...]) }
  }

  /// Whether it is an id like Okta's, whose first characters tell what it is the id of.
  private static func isIdentifier(_ text: UnsafeRawBufferPointer) -> Bool {
    text.count >= 16 && text.count <= 64 && text.allSatisfy { $0.isLetter || $0.isDigit }
  }

  /// Whether it is a time, of which the year stays.
  private static func isTime(_ text: UnsafeRawBufferPointer) -> Bool {
    let form: StaticString = "0000-00-00T"
    guard text.count > form.utf8CodeUnitCount else { return false }
    return (0..<form.utf8CodeUnitCount).allSatisfy { index in
      let expected = form.utf8Start[index]
      return expected == UInt8(ascii: "0") ? text[index].isDigit : text[index] == expected
    }
  }

  /// Hands over words and what stands between them: words of letters or, of products, with digits.
  @inline(__always)
  private static func forEachWord(
    of text: UnsafeRawBufferPointer,
    isProduct: Bool,
    _ body: (UnsafeRawBufferPointer, _ isWord: Bool) -> Void
  ) {
    func isPart(_ byte: UInt8) -> Bool {
      byte.isLetter || isProduct && (byte.isDigit || byte == UInt8(ascii: ".") || byte == 0x5F)
    }
    var start = 0
    while start < text.count {
      let isWord = isPart(text[start])
      var end = start + 1
      while end < text.count, isPart(text[end]) == isWord { end += 1 }
      body(UnsafeRawBufferPointer(rebasing: text[start..<end]), isWord)
      start = end
    }
  }
}
