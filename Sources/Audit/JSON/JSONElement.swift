internal import CSimdJSON
internal import Glibc

/// A value of a document that a `JSONReader` has parsed.
///
/// It points into the reader and is valid only inside the closure it was handed to; so are all
/// bytes it gives out. Copy what is to live longer.
public struct JSONElement {
  let raw: csj_element

  init(_ raw: csj_element) { self.raw = raw }
}

/// What a value of a document is.
public enum JSONKind: Hashable, Sendable {
  /// An object.
  case object
  /// An array.
  case array
  /// A string.
  case string
  /// A number.
  case number
  /// `true` or `false`.
  case boolean
  /// `null`.
  case null
}

extension JSONElement {
  /// What the value is.
  public var kind: JSONKind {
    switch csj_type(raw) {
    case UInt8(ascii: "{"): .object
    case UInt8(ascii: "["): .array
    case UInt8(ascii: "\""): .string
    case UInt8(ascii: "t"), UInt8(ascii: "f"): .boolean
    case UInt8(ascii: "n"): .null
    default: .number
    }
  }

  /// The UTF-8 of a string, unescaped; nil for other values.
  public var text: UnsafeRawBufferPointer? {
    guard csj_type(raw) == UInt8(ascii: "\"") else { return nil }
    return UnsafeRawBufferPointer(csj_string(raw))
  }

  /// The UTF-8 of a string, copied; nil for other values.
  public var textBytes: [UInt8]? { text.map(Array.init) }

  /// A Boolean; nil for other values.
  public var boolean: Bool? {
    switch csj_type(raw) {
    case UInt8(ascii: "t"): true
    case UInt8(ascii: "f"): false
    default: nil
    }
  }

  /// A number; nil for other values.
  public var number: JSONNumber? {
    switch csj_type(raw) {
    case UInt8(ascii: "l"): .integer(csj_int64(raw))
    case UInt8(ascii: "u"): .unsigned(csj_uint64(raw))
    case UInt8(ascii: "d"): JSONNumber(csj_double(raw))
    default: nil
    }
  }

  /// Whether the value is `null`.
  public var isNull: Bool { csj_type(raw) == UInt8(ascii: "n") }

  /// How many members or items a container has; 0 for other values.
  ///
  /// - Complexity: O(1), or O(n) for more than sixteen million.
  public var count: Int {
    switch kind {
    case .object:
      let count = csj_count(raw)
      return count < 0xFF_FFFF ? count : members.reduce(0) { total, _ in total + 1 }
    case .array:
      let count = csj_count(raw)
      return count < 0xFF_FFFF ? count : items.reduce(0) { total, _ in total + 1 }
    default:
      return 0
    }
  }
}

extension JSONElement {
  /// The member with exactly this name, or nil; of several, the last, as in JavaScript.
  ///
  /// - Complexity: O(members of this object).
  public subscript(name: StaticString) -> JSONElement? {
    guard csj_type(raw) == UInt8(ascii: "{") else { return nil }
    let index = csj_find_exact(raw, csj_bytes(name))
    return index == 0 ? nil : JSONElement(csj_at(raw, index))
  }

  /// The members with exactly these names, in the order of the names; of several with one name, the last.
  ///
  /// - Complexity: O(members of this object), however few of them are asked for.
  func members<let count: Int>(
    named names: InlineArray<count, StaticString>
  ) -> InlineArray<count, JSONElement?> {
    guard kind == .object else { return InlineArray(repeating: nil) }
    let wanted = InlineArray<count, csj_bytes> { csj_bytes(names[$0]) }
    var found = InlineArray<count, Int>(repeating: 0)
    withUnsafeBytes(of: wanted) { wanted in
      withUnsafeMutableBytes(of: &found) { found in
        let places = found.assumingMemoryBound(to: Int.self)
        let names = wanted.assumingMemoryBound(to: csj_bytes.self)
        csj_find_all_exact(raw, names.baseAddress, count, places.baseAddress)
      }
    }
    return InlineArray { found[$0] == 0 ? nil : JSONElement(csj_at(raw, found[$0])) }
  }

  /// The member that fits a name, or nil.
  ///
  /// - Complexity: O(members of this object).
  public subscript(name: JSONName) -> JSONElement? {
    guard csj_type(raw) == UInt8(ascii: "{") else { return nil }
    let index = csj_find(raw, name.raw)
    return index == 0 ? nil : JSONElement(csj_at(raw, index))
  }

  /// The member with exactly this spelling, or nil; of several, the last.
  ///
  /// - Complexity: O(members of this object).
  subscript(exactly name: JSONName) -> JSONElement? {
    guard csj_type(raw) == UInt8(ascii: "{") else { return nil }
    let index = csj_find_exact(raw, name.raw.exact)
    return index == 0 ? nil : JSONElement(csj_at(raw, index))
  }

  /// The item at an index of an array, or nil.
  ///
  /// - Complexity: O(index).
  public subscript(item index: Int) -> JSONElement? {
    guard index >= 0 else { return nil }
    var position = 0
    for item in items {
      if position == index { return item }
      position += 1
    }
    return nil
  }

  /// The string member with exactly this name; nil when there is none or it is something else.
  public func text(_ name: StaticString) -> UnsafeRawBufferPointer? { self[name]?.text }
}

extension JSONElement {
  /// The members of an object in the document's order; none for other values.
  public var members: JSONMembers { JSONMembers(raw) }

  /// The items of an array; none for other values.
  public var items: JSONItems { JSONItems(raw) }
}

/// The members of an object.
public struct JSONMembers: Sequence, IteratorProtocol {
  private let container: csj_element
  private var index: Int
  private let end: Int

  init(_ container: csj_element) {
    self.container = container
    let isObject = csj_type(container) == UInt8(ascii: "{")
    index = isObject ? csj_first(container) : 0
    end = isObject ? csj_end(container) : 0
  }

  /// The next member's name and value.
  public mutating func next() -> (name: UnsafeRawBufferPointer, value: JSONElement)? {
    guard index < end else { return nil }
    let name = csj_string(csj_at(container, index))
    let value = csj_at(container, index + 1)
    index = csj_after(container.tape, index + 1)
    return (UnsafeRawBufferPointer(name), JSONElement(value))
  }
}

/// The items of an array.
public struct JSONItems: Sequence, IteratorProtocol {
  private let container: csj_element
  private var index: Int
  private let end: Int

  init(_ container: csj_element) {
    self.container = container
    let isArray = csj_type(container) == UInt8(ascii: "[")
    index = isArray ? csj_first(container) : 0
    end = isArray ? csj_end(container) : 0
  }

  /// The next item.
  public mutating func next() -> JSONElement? {
    guard index < end else { return nil }
    let item = csj_at(container, index)
    index = csj_after(container.tape, index)
    return JSONElement(item)
  }
}

extension UnsafeRawBufferPointer {
  init(_ bytes: csj_bytes) {
    self.init(start: bytes.start, count: bytes.count)
  }
}

extension csj_bytes {
  fileprivate init(_ text: StaticString) {
    self.init(start: text.utf8Start, count: text.utf8CodeUnitCount)
  }
}
