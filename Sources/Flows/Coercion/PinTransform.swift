public import Values

/// The conversion that a wire makes on its way from an output to an input.
public struct PinTransform: Hashable, Sendable {
  /// What to convert to.
  public enum Conversion: Hashable, Sendable {
    /// JSON text to what it says.
    case parse
    /// Text to an instant.
    case dateTime
    /// Anything to a list of it.
    case wrapArray
    /// Anything but text to JSON text.
    case stringify
    /// A number to text.
    case toString
    /// Text to the number it begins with.
    case parseFloat
    /// An instant to ISO 8601 text.
    case isoString
    /// A boolean to text.
    case booleanToString
  }

  /// The conversion.
  public let conversion: Conversion
  /// Whether a list is made of the result.
  public let wrapsResult: Bool

  /// Makes a transform; `wrapsResult` is the export's `forceWrapArray`.
  public init(conversion: Conversion, wrapsResult: Bool = false) {
    self.conversion = conversion
    self.wrapsResult = wrapsResult
  }

  /// The conversion that an export calls `name`, or nil for a name this engine does not know.
  public static func conversion(named name: Text) -> Conversion? {
    switch name {
    case "parse": .parse
    case "dateTime": .dateTime
    case "wrapArray": .wrapArray
    case "stringify": .stringify
    case "toString": .toString
    case "parseFloat": .parseFloat
    case "isoString": .isoString
    case "booleanToString": .booleanToString
    default: nil
    }
  }

  /// The value after the conversion; an unknown stays unknown.
  ///
  /// - Throws: `CardError` where a text is no JSON or no date; it belongs to the reading card.
  /// - Complexity: O(*n*) in the size of the value.
  public func apply(to value: Value) throws(CardError) -> Value {
    if value.isUnknown { return value }
    let converted = try convert(value)
    return wrapsResult ? Coercion.list(converted) : converted
  }

  private func convert(_ value: Value) throws(CardError) -> Value {
    switch conversion {
    case .parse: try Self.parsed(value)
    case .dateTime: try Self.date(value)
    case .wrapArray: Coercion.list(value)
    case .stringify, .toString, .isoString, .booleanToString: Coercion.text(value)
    case .parseFloat: Self.leadingNumber(value)
    }
  }

  private static func parsed(_ value: Value) throws(CardError) -> Value {
    guard case .text(let text) = value else { return value }
    return text.isEmpty ? .null : try CardError.parsing(text)
  }

  private static func date(_ value: Value) throws(CardError) -> Value {
    if Coercion.isBlank(value) { return .null }
    guard let instant = Coercion.instant(of: value) else { throw CardError.noDate(value) }
    return .date(instant)
  }

  private static func leadingNumber(_ value: Value) -> Value {
    switch value {
    case .number: value
    case .text(let text): Double.parsingPrefix(of: text).map(Value.number) ?? .null
    default: .null
    }
  }
}
