/// A value as flows see it: what JavaScript, in which Okta's engine is written, would hold.
///
/// Equality is deep and strict: kinds never convert, objects compare whatever the order of their
/// keys, and an unknown equals only the same unknown. The comparisons of cards, which do convert,
/// live beside the cards.
public enum Value: Hashable, Sendable {
  /// No value; stands for JavaScript's `undefined` too.
  case null
  /// True or false.
  case boolean(Bool)
  /// A double, as every JavaScript number.
  case number(Double)
  /// A text of UTF-16 units, stored as WTF-8.
  case text(Text)
  /// An instant, to the millisecond.
  case date(Instant)
  /// Items in order.
  case list([Value])
  /// Members in order of insertion.
  case object(Object)
  /// A file's name and bytes.
  case file(File)
  /// The value of an answer that nobody has.
  case unknown(Unknown)
}

extension Value {
  /// Whether the value is null.
  public var isNull: Bool {
    if case .null = self { true } else { false }
  }

  /// Whether the value itself is unknown; a list or object that only contains one is not.
  public var isUnknown: Bool {
    if case .unknown = self { true } else { false }
  }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  /// Makes a text.
  public init(stringLiteral value: String) { self = .text(Text(value)) }
  /// Makes a number.
  public init(floatLiteral value: Double) { self = .number(value) }
  /// Makes a number.
  public init(integerLiteral value: Int) { self = .number(Double(value)) }
  /// Makes a boolean.
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
  /// Makes null.
  public init(nilLiteral: ()) { self = .null }
  /// Makes a list.
  public init(arrayLiteral elements: Value...) { self = .list(elements) }
  /// Makes an object with the keys in the order written.
  public init(dictionaryLiteral elements: (Text, Value)...) {
    self = .object(Object(elements))
  }
}
