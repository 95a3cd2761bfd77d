public import Values

/// Reading a value as the type that an input declares.
///
/// A reading converts where it can and leaves every other value as it is: the card that computes
/// with the value raises the error. Unknown values stay unknown; a text made of a value that holds
/// an unknown is unknown.
public enum Coercion {
  /// The value as `type` if it can be read so, else the value unchanged.
  ///
  /// - Complexity: O(1) where the value has the type already, else O(*n*) in its size.
  public static func read(_ value: Value, as type: DeclaredType) -> Value {
    if value.isUnknown { return value }
    return switch type {
    case .string: text(value)
    case .number: number(of: value).map(Value.number) ?? (isBlank(value) ? .null : value)
    case .boolean: boolean(of: value).map(Value.boolean) ?? value
    case .date: instant(of: value).map(Value.date) ?? (isBlank(value) ? .null : value)
    case .object, .schema: object(value)
    case .list: list(value)
    case .file, .flow, .any: value
    }
  }

  /// The text that stands for a value: JSON for lists and objects, ISO 8601 for dates, its content
  /// for a file; nil for null and for what is unknown.
  ///
  /// - Complexity: O(*n*) in the size of the value.
  public static func text(of value: Value) -> Text? {
    switch value {
    case .null, .unknown: nil
    case .boolean(let boolean): boolean ? "true" : "false"
    case .number(let number): Text(number)
    case .text(let text): text
    case .date(let instant): instant.iso8601
    case .list, .object: JSON.text(value)
    case .file(let file): Text(String(decoding: file.content, as: UTF8.self))
    }
  }

  /// The number that a value reads as: itself, the number a whole text spells, 1 or 0 for a boolean;
  /// nil for everything else, blank texts among them.
  public static func number(of value: Value) -> Double? {
    switch value {
    case .number(let number): return number
    case .boolean(let boolean): return boolean ? 1 : 0
    case .text(let text):
      guard !text.trimmed().isEmpty, let number = Double(javaScript: text), number.isFinite else {
        return nil
      }
      return number
    case .null, .date, .list, .object, .file, .unknown: return nil
    }
  }

  /// The boolean that a value reads as: itself, `true` and `false` in any case, 1 and 0, false for
  /// null and the empty text; nil for everything else.
  public static func boolean(of value: Value) -> Bool? {
    switch value {
    case .boolean(let boolean): boolean
    case .null: false
    case .number(let number): number == 1 ? true : number == 0 ? false : nil
    case .text(let text): boolean(of: text)
    case .date, .list, .object, .file, .unknown: nil
    }
  }

  /// The instant that a value reads as: itself, a number of milliseconds since 1970, or a text in
  /// one of the spellings of ``DateText``; nil for everything else.
  public static func instant(of value: Value) -> Instant? {
    switch value {
    case .date(let instant): instant
    case .number(let number): Instant(javaScript: number)
    case .text(let text): DateText.instant(of: text)
    case .null, .boolean, .list, .object, .file, .unknown: nil
    }
  }

  /// The items of a value read as a list: none for null, the value alone where it is no list.
  public static func items(of value: Value) -> [Value] {
    switch value {
    case .null: []
    case .list(let items): items
    default: [value]
    }
  }
}

extension Coercion {
  /// Whether a value is null or the empty text, which loosely typed flows use alike.
  static func isBlank(_ value: Value) -> Bool {
    switch value {
    case .null: true
    case .text(let text): text.isEmpty
    default: false
    }
  }

  /// The value as text; null stays null, and what holds an unknown becomes unknown.
  static func text(_ value: Value) -> Value {
    if case .text = value { return value }
    if let unknown = value.containedUnknown { return .unknown(unknown) }
    return text(of: value).map(Value.text) ?? .null
  }

  static func list(_ value: Value) -> Value {
    switch value {
    case .list: value
    case .null: .list([])
    default: .list([value])
    }
  }

  /// JSON text of an object or list as what it says; every other value unchanged.
  private static func object(_ value: Value) -> Value {
    guard case .text(let text) = value, text.startsLikeContainer,
      let parsed = try? JSON.parse(text)
    else { return value }
    return parsed
  }

  private static func boolean(of text: Text) -> Bool? {
    switch text.bytes.count {
    case 0: false
    case 1: text == "1" ? true : text == "0" ? false : nil
    case 4: text.lowercased() == "true" ? true : nil
    case 5: text.lowercased() == "false" ? false : nil
    default: nil
    }
  }
}

extension Text {
  /// Whether the first unit that is no white space opens a JSON object or list.
  fileprivate var startsLikeContainer: Bool {
    let first = bytes.first { $0 != 0x20 && !(0x09...0x0D).contains($0) }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }
}
