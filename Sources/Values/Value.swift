/// A value as flows see it: what JavaScript, in which Okta's engine is written, would hold.
///
/// Equality is deep and strict: kinds never convert, objects compare whatever the order of their
/// keys, and an unknown equals only the same unknown. It is also reflexive, unlike JavaScript's: a
/// recorded `NaN` equals a replayed one. The comparisons of cards, which do convert, live beside
/// the cards.
public enum Value: Sendable {
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
  indirect case file(File)
  /// The value of an answer that nobody has.
  case unknown(Unknown)
}

extension Value: Hashable {
  /// Whether both are of one kind and equal; `NaN` equals itself, and 0 equals -0.
  public static func == (left: Value, right: Value) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.boolean(let left), .boolean(let right)): left == right
    case (.number(let left), .number(let right)): left == right || (left.isNaN && right.isNaN)
    case (.text(let left), .text(let right)): left == right
    case (.date(let left), .date(let right)): left == right
    case (.list(let left), .list(let right)): left == right
    case (.object(let left), .object(let right)): left == right
    case (.file(let left), .file(let right)): left == right
    case (.unknown(let left), .unknown(let right)): left == right
    default: false
    }
  }

  /// Feeds the kind and the content.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0)
    case .boolean(let flag): hasher.combine(flag)
    case .number(let number): hasher.combine(number.isNaN ? .nan : number)
    case .text(let text): hasher.combine(text)
    case .date(let instant): hasher.combine(instant)
    case .list(let items): hasher.combine(items)
    case .object(let object): hasher.combine(object)
    case .file(let file): hasher.combine(file)
    case .unknown(let unknown): hasher.combine(unknown)
    }
  }
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
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral,
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
  /// Makes a list.
  public init(arrayLiteral elements: Value...) { self = .list(elements) }
  /// Makes an object with the keys in the order written.
  public init(dictionaryLiteral elements: (Text, Value)...) {
    self = .object(Object(elements))
  }
}
