internal import Values

extension Text {
  /// The text with each of some texts replaced by another; of those that begin at one place the first counts.
  ///
  /// - Complexity: O(*n* · *m*) in the length and in the number of texts.
  func replacing(_ pairs: [(old: Text, new: Text)]) -> Text {
    guard pairs.contains(where: { !$0.old.isEmpty && contains($0.old) }) else { return self }
    var result: [UInt8] = []
    var place = 0
    while place < bytes.count {
      let found = pairs.first { pair in
        !pair.old.isEmpty && bytes[place...].starts(with: pair.old.bytes)
      }
      if let found {
        result += found.new.bytes
        place += found.old.bytes.count
      } else {
        result.append(bytes[place])
        place += 1
      }
    }
    return Text(wtf8: result)
  }
}

extension Value {
  /// The value with texts replaced in all its texts, those of lists, members and keys among them.
  func replacingTexts(_ pairs: [(old: Text, new: Text)]) -> Value {
    switch self {
    case .text(let text): .text(text.replacing(pairs))
    case .list(let items): .list(items.map { $0.replacingTexts(pairs) })
    case .object(let object):
      .object(Object(object.map { ($0.key.replacing(pairs), $0.value.replacingTexts(pairs)) }))
    case .null, .boolean, .number, .date, .file, .unknown: self
    }
  }

  /// Whether any text in the value, or key of it, holds a text.
  func holds(_ text: Text) -> Bool {
    switch self {
    case .text(let own): own.contains(text)
    case .list(let items): items.contains { $0.holds(text) }
    case .object(let object): object.contains { $0.key.contains(text) || $0.value.holds(text) }
    case .null, .boolean, .number, .date, .file, .unknown: false
    }
  }
}
