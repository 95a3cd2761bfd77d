/// A keyword search over all values of an event, as the System Log's `q` does it.
///
/// Every keyword must be a whole word of some value, without regard to case. Words are separated
/// by white space; a word with hyphens is also found by each of its parts.
public struct KeywordQuery: Hashable, Sendable {
  /// How many keywords there may be.
  public static let maximumCount = 10
  /// How many characters a keyword may have.
  public static let maximumLength = 40

  /// The keywords, folded; none occurs twice.
  public let keywords: [[UInt8]]

  /// Reads keywords separated by spaces.
  ///
  /// - Throws: `KeywordQueryError` when there are none, too many, or one is too long.
  public init(_ query: String) throws(KeywordQueryError) {
    var keywords: [[UInt8]] = []
    for word in query.utf8.split(whereSeparator: KeywordQuery.isSpace) {
      let length = word.reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
      guard length <= KeywordQuery.maximumLength else {
        throw .keywordTooLong(limit: KeywordQuery.maximumLength, length: length)
      }
      let folded = CaseFolding.fold(word)
      if !keywords.contains(folded) { keywords.append(folded) }
    }
    guard !keywords.isEmpty else { throw .noKeywords }
    guard keywords.count <= KeywordQuery.maximumCount else {
      throw .tooManyKeywords(limit: KeywordQuery.maximumCount, count: keywords.count)
    }
    self.keywords = keywords
  }

  fileprivate static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 9 < 5 }
}

/// Why a keyword search is refused.
public enum KeywordQueryError: Error, Hashable, Sendable {
  /// There is no keyword.
  case noKeywords
  /// There are too many.
  case tooManyKeywords(limit: Int, count: Int)
  /// One is too long.
  case keywordTooLong(limit: Int, length: Int)
}

extension KeywordQueryError: CustomStringConvertible {
  /// What is wrong and what to do about it.
  public var description: String {
    switch self {
    case .noKeywords: "the query has no keyword; give at least one word"
    case .tooManyKeywords(let limit, let count):
      "the query has \(count) keywords; at most \(limit) are allowed, leave some out"
    case .keywordTooLong(let limit, let length):
      "a keyword has \(length) characters; at most \(limit) are allowed, shorten it"
    }
  }
}

extension KeywordQuery {
  /// Whether every keyword is a word of some value of the event.
  ///
  /// - Complexity: O(bytes of the event's values).
  public func matches(_ event: JSONElement) -> Bool {
    var missing: UInt16 = (1 << UInt16(keywords.count)) - 1
    search(event, &missing)
    return missing == 0
  }

  /// Clears the bits of the keywords that are found; stops when none is missing.
  private func search(_ element: JSONElement, _ missing: inout UInt16) {
    guard missing != 0 else { return }
    switch element.kind {
    case .object:
      for (_, value) in element.members { search(value, &missing) }
    case .array:
      for item in element.items { search(item, &missing) }
    case .string:
      if let text = element.text { search(text: text, &missing) }
    case .number:
      var spelling = element.number?.text ?? ""
      spelling.withUTF8 { search(text: UnsafeRawBufferPointer($0), &missing) }
    case .boolean:
      var spelling = element.boolean == true ? "true" : "false"
      spelling.withUTF8 { search(text: UnsafeRawBufferPointer($0), &missing) }
    case .null: break
    }
  }

  private func search(text: UnsafeRawBufferPointer, _ missing: inout UInt16) {
    var start = 0
    while start < text.count {
      while start < text.count, KeywordQuery.isSpace(text[start]) { start += 1 }
      var end = start
      while end < text.count, !KeywordQuery.isSpace(text[end]) { end += 1 }
      if start < end { strike(word: text[start..<end], &missing) }
      start = end
    }
  }

  private func strike(word: Slice<UnsafeRawBufferPointer>, _ missing: inout UInt16) {
    strike(whole: UnsafeRawBufferPointer(rebasing: word), &missing)
    guard missing != 0, word.contains(UInt8(ascii: "-")) else { return }
    for part in word.split(separator: UInt8(ascii: "-")) {
      strike(whole: UnsafeRawBufferPointer(rebasing: part), &missing)
    }
  }

  private func strike(whole word: UnsafeRawBufferPointer, _ missing: inout UInt16) {
    for (number, keyword) in keywords.enumerated() where missing & (1 << UInt16(number)) != 0 {
      if FoldedText.equals(word, keyword) { missing &= ~(1 << UInt16(number)) }
    }
  }
}
