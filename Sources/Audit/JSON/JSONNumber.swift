/// A number of a document, whole where it is whole.
public enum JSONNumber: Hashable, Sendable {
  /// A whole number from -2⁶³ to 2⁶³ - 1, however it was written.
  case integer(Int64)
  /// A whole number from 2⁶³ to 2⁶⁴ - 1.
  case unsigned(UInt64)
  /// Any other number.
  case double(Double)
}

extension JSONNumber {
  /// Creates a number from a double, choosing the whole form when there is one.
  public init(_ double: Double) {
    if let integer = Int64(exactly: double) {
      self = .integer(integer)
    } else if let unsigned = UInt64(exactly: double) {
      self = .unsigned(unsigned)
    } else {
      self = .double(double)
    }
  }

  /// Creates a number from JSON's number grammar, or nil when the text is something else.
  public init?(jsonText text: some Sequence<UInt8>) {
    let bytes = Array(text)
    guard JSONNumber.isNumber(bytes) else { return nil }
    let spelling = String(decoding: bytes, as: UTF8.self)
    if let integer = Int64(spelling) {
      self = .integer(integer)
    } else if let unsigned = UInt64(spelling) {
      self = .unsigned(unsigned)
    } else {
      guard let double = Double(spelling), double.isFinite else { return nil }
      self = JSONNumber(double)
    }
  }

  private static func isNumber(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var scanner = JSONScanner(buffer)
      guard let first = buffer.first, first == UInt8(ascii: "-") || first.isDigit else {
        return false
      }
      return (try? scanner.scanValue()) != nil && scanner.position == buffer.count
    }
  }

  /// The number as a double, rounded when it is whole and beyond 2⁵³.
  public var doubleValue: Double {
    switch self {
    case .integer(let number): Double(number)
    case .unsigned(let number): Double(number)
    case .double(let number): number
    }
  }

  /// The number as text: decimal digits of a whole number, else the shortest that reads back.
  public var text: String {
    switch self {
    case .integer(let number): String(number)
    case .unsigned(let number): String(number)
    case .double(let number): String(number)
    }
  }
}

extension JSONNumber: Comparable {
  /// Compares by value; whole numbers exactly.
  public static func < (one: JSONNumber, other: JSONNumber) -> Bool {
    switch (one, other) {
    case (.integer(let a), .integer(let b)): a < b
    case (.unsigned(let a), .unsigned(let b)): a < b
    case (.integer, .unsigned): true
    case (.unsigned, .integer): false
    default: one.doubleValue < other.doubleValue
    }
  }
}

extension UInt8 {
  /// Whether the byte is an ASCII digit.
  var isDigit: Bool { self >= 0x30 && self <= 0x39 }

  /// The byte with ASCII capitals made small.
  var asciiLowered: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }
}
