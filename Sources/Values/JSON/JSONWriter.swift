/// Writes values as compact JSON.
public struct JSONWriter: Sendable {
  /// Which form to write.
  public enum Form: Sendable {
    /// As `JSON.stringify`: members in their order.
    case plain
    /// As RFC 8785: members sorted, files with their bytes.
    case canonical
    /// As `RecordedValue.encodeTree(_:)` makes it, without making it.
    case recorded
    /// The canonical form of what `RecordedValue.encodeTree(_:)` makes.
    case canonicalRecorded
  }

  /// What is written so far.
  public private(set) var bytes: [UInt8] = []
  private let form: Form
  /// Whether kinds that JSON lacks stand under their tags.
  private let isTagged: Bool
  private let isSorted: Bool

  /// Makes a writer that has written nothing, and has room for that many bytes from the start.
  public init(form: Form, capacity: Int = 0) {
    self.form = form
    bytes.reserveCapacity(capacity)
    isTagged = form == .recorded || form == .canonicalRecorded
    isSorted = form == .canonical || form == .canonicalRecorded
  }

  /// Writes a value of any kind, without a comma before it.
  public mutating func append(_ value: Value) {
    switch value {
    case .null: bytes.append(contentsOf: JSONWord.null)
    case .boolean(let flag): bytes.append(contentsOf: flag ? JSONWord.true : JSONWord.false)
    case .number(let number): append(number)
    case .text(let text): append(text)
    case .date(let instant): append(.text(instant.iso8601), tag: RecordedValue.Tag.date)
    case .list(let items): append(items)
    case .object(let object): append(object)
    case .file(let file):
      append(.object(description(of: file)), tag: RecordedValue.Tag.file)
    case .unknown(let unknown):
      let requests = Value.list(unknown.requests.map { .number(Double($0)) })
      if isTagged {
        append(requests, tag: RecordedValue.Tag.unknown)
      } else {
        append(["unknown": requests] as Object)
      }
    }
  }

  private mutating func append(_ number: Double) {
    if isTagged, let word = RecordedValue.word(of: number) {
      append(.text(word), tag: RecordedValue.Tag.number)
    } else if number.isFinite {
      NumberPrinter.append(number, to: &bytes)
    } else {
      bytes.append(contentsOf: JSONWord.null)
    }
  }

  /// Writes what stands for a kind that JSON lacks, under its tag where the form has tags.
  private mutating func append(_ content: Value, tag: Text) {
    guard isTagged else {
      append(content)
      return
    }
    bytes.append(UInt8(ascii: "{"))
    append(tag)
    bytes.append(UInt8(ascii: ":"))
    append(content)
    bytes.append(UInt8(ascii: "}"))
  }
}

// MARK: - Containers

extension JSONWriter {
  private mutating func append(_ items: [Value]) {
    bytes.append(UInt8(ascii: "["))
    var isFirst = true
    for item in items {
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      append(item)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  private mutating func append(_ object: Object) {
    let isWrapped = isTagged && RecordedValue.tag(of: object) != nil
    if isWrapped { bytes.append(contentsOf: JSONWord.wrapper) }
    bytes.append(UInt8(ascii: "{"))
    var isFirst = true
    func append(_ key: Text, _ value: Value) {
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      self.append(key)
      bytes.append(UInt8(ascii: ":"))
      self.append(value)
    }
    if isSorted {
      object.forEachByKey(append)
    } else {
      object.forEachMember(append)
    }
    bytes.append(UInt8(ascii: "}"))
    if isWrapped { bytes.append(UInt8(ascii: "}")) }
  }

  private func description(of file: File) -> Object {
    var object: Object = ["name": .text(file.name), "type": .text(file.mediaType)]
    switch form {
    case .plain: object["size"] = .number(Double(file.content.count))
    case .canonical, .recorded, .canonicalRecorded:
      object["content"] = .text(Base64.encode(file.content))
    }
    return object
  }
}

// MARK: - Piece by piece

extension JSONWriter {
  /// Writes bytes that are JSON already, without a comma before them.
  mutating func append(written json: [UInt8]) { bytes.append(contentsOf: json) }

  mutating func append(byte: UInt8) { bytes.append(byte) }

  mutating func append(key name: StaticString, afterComma: Bool) {
    name.withUTF8Buffer { name in
      bytes.append(addingCapacity: name.count + 4) { output in
        if afterComma { output.append(UInt8(ascii: ",")) }
        output.append(UInt8(ascii: "\""))
        for place in name.indices { unsafe output.append(name[place]) }
        output.append(UInt8(ascii: "\""))
        output.append(UInt8(ascii: ":"))
      }
    }
  }

  mutating func append(hexadecimal source: Span<UInt8>) {
    bytes.append(addingCapacity: source.count * 2 + 2) { output in
      output.append(UInt8(ascii: "\""))
      for place in source.indices {
        output.append(ASCII.hexDigit(source[place] >> 4))
        output.append(ASCII.hexDigit(source[place] & 15))
      }
      output.append(UInt8(ascii: "\""))
    }
  }

  /// Writes a comma where something stands before that none follows yet.
  public mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
  }

  var needsComma: Bool {
    switch bytes.last {
    case nil, UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ":"), UInt8(ascii: ","): false
    default: true
    }
  }

  /// Writes a whole number, without a comma before it.
  mutating func append(integer: Int) {
    if integer < 0 { bytes.append(UInt8(ascii: "-")) }
    NumberPrinter.append(UInt64(integer.magnitude), to: &bytes)
  }

  /// Removes what was written behind the first `count` bytes, and returns it.
  public mutating func takeLast(from count: Int) -> [UInt8] {
    let taken = Array(bytes[count...])
    bytes.removeLast(bytes.count - count)
    return taken
  }

  /// Removes everything, and keeps the memory.
  public mutating func clear() { bytes.removeAll(keepingCapacity: true) }
}

// MARK: - Texts

extension JSONWriter {
  /// Writes a text between quotes, without a comma before it.
  mutating func append(_ text: Text) {
    let source = text.bytes
    bytes.append(UInt8(ascii: "\""))
    var copied = 0
    var position = 0
    while position < source.count {
      let length = Self.escapedLength(in: source, at: position)
      if length == 0 {
        position += 1
        continue
      }
      bytes.append(contentsOf: source[copied..<position])
      appendEscape(WTF8.scalar(in: source, at: position).code)
      position += length
      copied = position
    }
    if copied == 0 {
      bytes.append(contentsOf: source)
    } else {
      bytes.append(contentsOf: source[copied...])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// How many bytes at `position` must be written as one escape; 0 for none.
  @inline(__always)
  private static func escapedLength(in source: [UInt8], at position: Int) -> Int {
    let byte = source[position]
    if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return 1 }
    guard byte == 0xED, position + 2 < source.count, source[position + 1] >= 0xA0 else { return 0 }
    return 3
  }

  private mutating func appendEscape(_ code: UInt32) {
    let letter: UInt8
    switch code {
    case 0x08: letter = UInt8(ascii: "b")
    case 0x09: letter = UInt8(ascii: "t")
    case 0x0A: letter = UInt8(ascii: "n")
    case 0x0C: letter = UInt8(ascii: "f")
    case 0x0D: letter = UInt8(ascii: "r")
    case 0x22, 0x5C: letter = UInt8(truncatingIfNeeded: code)
    default:
      bytes.append(UInt8(ascii: "\\"))
      bytes.append(UInt8(ascii: "u"))
      for shift: UInt32 in [12, 8, 4, 0] {
        bytes.append(ASCII.hexDigit(UInt8(truncatingIfNeeded: code >> shift)))
      }
      return
    }
    bytes.append(UInt8(ascii: "\\"))
    bytes.append(letter)
  }
}
