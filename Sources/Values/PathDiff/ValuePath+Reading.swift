extension ValuePath {
  /// How many steps a path that is read may have: more than values have that anybody writes.
  private static let limit = 256

  /// Reads a path as ``description`` writes it; keys with blanks need no quotes.
  ///
  /// - Returns: The path, or nil where the text is none: an index without end, an empty key without
  ///   quotes, or hundreds of steps.
  public init?(parsing text: Text) {
    var bytes = text.bytes[...]
    self.init(readingFrom: &bytes)
    guard bytes.isEmpty else { return nil }
  }

  /// Reads a path at the beginning of bytes, as far as an equals sign or the end, and takes it off
  /// them.
  ///
  /// - Returns: The path, or nil where there is none.
  public init?(readingFrom bytes: inout ArraySlice<UInt8>) {
    var steps: [Step] = []
    while let next = bytes.first, next != UInt8(ascii: "=") {
      guard steps.count < Self.limit else { return nil }
      if next == UInt8(ascii: "[") {
        guard let step = Self.bracket(&bytes) else { return nil }
        steps.append(step)
        continue
      }
      if !steps.isEmpty {
        guard next == UInt8(ascii: ".") else { return nil }
        bytes.removeFirst()
      }
      let key = bytes.prefix { !".[=".utf8.contains($0) }
      guard !key.isEmpty else { return nil }
      steps.append(.key(Text(wtf8: Array(key))))
      bytes = bytes[key.endIndex...]
    }
    self.init(steps)
  }

  /// An index or a quoted key in brackets.
  private static func bracket(_ bytes: inout ArraySlice<UInt8>) -> Step? {
    let inner = bytes.dropFirst()
    guard inner.first == UInt8(ascii: "\"") else {
      let digits = inner.prefix { $0 != UInt8(ascii: "]") }
      guard let end = inner[digits.endIndex...].first, end == UInt8(ascii: "]"),
        let index = Int(String(decoding: digits, as: UTF8.self)), index >= 0
      else { return nil }
      bytes = inner[(digits.endIndex + 1)...]
      return .index(index)
    }
    var isEscaped = false
    guard
      let end = inner.dropFirst().firstIndex(where: { byte in
        defer { isEscaped = !isEscaped && byte == UInt8(ascii: "\\") }
        return !isEscaped && byte == UInt8(ascii: "\"")
      }), inner[(end + 1)...].first == UInt8(ascii: "]"),
      case .text(let key)? = try? JSON.parse(Array(inner[inner.startIndex...end]))
    else { return nil }
    bytes = inner[(end + 2)...]
    return .key(key)
  }
}
