/// Reads and writes JSON as JavaScript's `JSON.parse` and `JSON.stringify` do.
public enum JSON {
  /// How deep lists and objects may be nested unless the caller says otherwise.
  public static let defaultMaximumDepth = 512

  /// The value written in UTF-8 bytes, by RFC 8259.
  ///
  /// Numbers become doubles, infinite where they are too large; an escaped lone surrogate survives;
  /// a repeated key keeps its first place and its last value; a byte order mark is refused.
  /// The parser calls itself once for each level of nesting, and never deeper than `maximumDepth`.
  ///
  /// - Throws: `JSONError` with the first place at which the bytes are not JSON.
  /// - Complexity: O(*n*).
  public static func parse(
    _ bytes: [UInt8],
    maximumDepth: Int = defaultMaximumDepth
  ) throws(JSONError) -> Value {
    var parser = JSONParser(bytes, surrogates: .refused, maximumDepth: maximumDepth)
    return try parser.parseDocument()
  }

  /// The value written in a text, whose lone surrogates survive.
  ///
  /// - Throws: `JSONError` with the first place at which the text is not JSON.
  /// - Complexity: O(*n*).
  public static func parse(_ text: Text) throws(JSONError) -> Value {
    var parser = JSONParser(
      text.bytes,
      surrogates: .allowed,
      maximumDepth: defaultMaximumDepth
    )
    return try parser.parseDocument()
  }

  /// The value in JSON without white space, in UTF-8, members in their order.
  ///
  /// What JSON lacks is written so: a date as its ISO 8601 text, a number that is not finite as
  /// null, -0 as 0, a lone surrogate as an escape, a file as
  /// `{"name":…,"type":…,"size":…}` without its bytes, an unknown as `{"unknown":[…]}` with the
  /// requests it waits for. `RecordedValue` is the form that reads back.
  ///
  /// - Complexity: O(length of the result).
  public static func serialize(_ value: Value) -> [UInt8] {
    var writer = JSONWriter(form: .plain)
    writer.append(value)
    return writer.bytes
  }

  /// The value in JSON, as `serialize(_:)` writes it.
  ///
  /// - Complexity: O(length of the result).
  public static func text(_ value: Value) -> Text {
    Text(wtf8: serialize(value))
  }
}
