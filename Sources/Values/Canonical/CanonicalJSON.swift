/// The one JSON form of a value that requests are hashed in, by RFC 8785.
public enum CanonicalJSON {
  /// The value in JSON without white space, in UTF-8, keys sorted by UTF-16 unit.
  ///
  /// Texts and numbers are written as JavaScript writes them. Kinds that JSON lacks are written as
  /// `JSON.serialize(_:)` writes them, but a file with its bytes in base64, so that two files of one
  /// name have two forms. A lone surrogate, which the standard refuses, is written as an escape.
  /// Where a date must differ from its text, write `RecordedValue.encodeTree(_:)` of the value.
  ///
  /// - Complexity: O(*n* log *n*).
  public static func serialize(_ value: Value) -> [UInt8] {
    var writer = JSONWriter(form: .canonical)
    writer.append(value)
    return writer.bytes
  }
}
