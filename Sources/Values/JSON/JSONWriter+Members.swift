/// A key of a member as it stands in JSON, with quotes and colon; made once for all its uses.
public struct JSONKey: Sendable {
  let written: [UInt8]

  /// Makes the key of a text.
  public init(_ text: Text) {
    var writer = JSONWriter(form: .plain)
    writer.append(text)
    written = writer.bytes + [UInt8(ascii: ":")]
  }
}

/// A value, or members of an object, as it stands in JSON; made once for all its uses.
public struct JSONFragment: Sendable {
  let written: [UInt8]

  /// The word `null`.
  public static let null = JSONFragment(written: JSONWord.null)

  private init(written: [UInt8]) {
    self.written = written
  }

  /// The text between quotes.
  public init(_ text: Text) {
    var writer = JSONWriter(form: .plain)
    writer.append(text)
    written = writer.bytes
  }

  /// Members that follow one another in an object.
  public init(members: KeyValuePairs<StaticString, JSONFragment>) {
    var writer = JSONWriter(form: .plain)
    for (key, value) in members {
      writer.key(key)
      writer.fragment(value)
    }
    written = writer.bytes
  }
}

/// Objects and lists written member by member; commas are put where they belong.
extension JSONWriter {
  /// Begins an object.
  public mutating func beginObject() { begin(UInt8(ascii: "{")) }

  /// Ends the object that began last.
  public mutating func endObject() { append(byte: UInt8(ascii: "}")) }

  /// Begins a list.
  public mutating func beginList() { begin(UInt8(ascii: "[")) }

  /// Ends the list that began last.
  public mutating func endList() { append(byte: UInt8(ascii: "]")) }

  /// Writes the key of the next member.
  public mutating func key(_ key: JSONKey) {
    separate()
    append(written: key.written)
  }

  /// Writes the key of the next member, whose name is ASCII that needs no escape.
  public mutating func key(_ name: StaticString) { append(key: name, afterComma: needsComma) }

  /// Writes the key of the next member, which is used this once.
  public mutating func key(once key: Text) {
    separate()
    append(key)
    append(byte: UInt8(ascii: ":"))
  }

  /// Writes the next item, or the value of the key before.
  public mutating func value(_ value: Value) {
    separate()
    append(value)
  }

  /// Writes a text as the next item, or as the value of the key before.
  public mutating func text(_ text: Text) {
    separate()
    append(text)
  }

  /// Writes a whole number as the next item, or as the value of the key before.
  public mutating func integer(_ integer: Int) {
    separate()
    append(integer: integer)
  }

  /// Writes true or false as the next item, or as the value of the key before.
  public mutating func boolean(_ flag: Bool) { value(.boolean(flag)) }

  /// Writes bytes as lower-case hexadecimal digits between quotes.
  public mutating func hexadecimal(_ bytes: Span<UInt8>) {
    separate()
    append(hexadecimal: bytes)
  }

  /// Writes a fragment as the next item or members, or as the value of the key before.
  public mutating func fragment(_ fragment: JSONFragment) {
    separate()
    append(written: fragment.written)
  }

  /// Writes bytes that are JSON already as the next item, or as the value of the key before.
  public mutating func written(_ json: [UInt8]) {
    separate()
    append(written: json)
  }

  private mutating func begin(_ bracket: UInt8) {
    separate()
    append(byte: bracket)
  }
}
