internal import Values

/// Writes an object as a document in XML 1.0, as the builder of the package `xml2js` of npm does.
///
/// The one member of an object is the root; an object of several members is in a root called `root`.
/// A member `_` is text and a member `$` has the attributes; a list is an element for each item. There
/// is a declaration, and elements are indented by two spaces.
struct XMLWriter {
  /// How deep values may be nested.
  static let maximumDepth = 512

  private var bytes = Array(
    #"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#.utf8
  )

  /// What is in an element.
  private enum Child {
    case text(Text)
    case element(Text, Value)
  }

  private struct Content {
    var attributes: [(name: Text, value: Text)] = []
    var children: [Child] = []

    /// Whether nothing is in the element but texts without a character.
    var isEmpty: Bool {
      children.allSatisfy { if case .text(let text) = $0 { text.isEmpty } else { false } }
    }
  }

  /// The document.
  ///
  /// - Throws: `CardError` of kind *Invalid Input* for a key that is no name, a character that no
  ///   document may hold, and an item without a name of its own in a list that has none.
  /// - Complexity: O(*n*) in the size of the object and its depth.
  static func write(_ object: Object) throws(CardError) -> Text {
    var writer = XMLWriter()
    let only = object.count == 1 ? object.first : nil
    try writer.element(only?.key ?? "root", only?.value ?? .object(object), depth: 0)
    return Text(wtf8: writer.bytes)
  }
}

extension XMLWriter {
  private mutating func element(_ name: Text, _ value: Value, depth: Int) throws(CardError) {
    guard depth < Self.maximumDepth else {
      throw CardError.invalidInput("The object is nested more than \(Self.maximumDepth) deep.")
    }
    let content = try Self.content(of: value)
    beginLine(depth)
    bytes.append(UInt8(ascii: "<"))
    bytes += try Self.checked(name: name)
    for (name, value) in content.attributes {
      bytes.append(UInt8(ascii: " "))
      bytes += try Self.checked(name: name)
      bytes += Array("=\"".utf8)
      try append(value, escaping: Self.inAttributes)
      bytes.append(UInt8(ascii: "\""))
    }
    if content.isEmpty {
      bytes += Array("/>".utf8)
      return
    }
    bytes.append(UInt8(ascii: ">"))
    if content.children.count == 1, case .text(let text) = content.children[0] {
      try append(text, escaping: Self.inTexts)
    } else {
      for child in content.children {
        switch child {
        case .text(let text):
          beginLine(depth + 1)
          try append(text, escaping: Self.inTexts)
        case .element(let name, let value): try element(name, value, depth: depth + 1)
        }
      }
      beginLine(depth)
    }
    bytes += Array("</".utf8) + name.bytes
    bytes.append(UInt8(ascii: ">"))
  }

  private mutating func beginLine(_ depth: Int) {
    bytes.append(UInt8(ascii: "\n"))
    bytes += Array(repeating: UInt8(ascii: " "), count: 2 * depth)
  }

  private static let inTexts: [UInt8: String] = [
    UInt8(ascii: "&"): "&amp;", UInt8(ascii: "<"): "&lt;", UInt8(ascii: ">"): "&gt;",
    UInt8(ascii: "\r"): "&#xD;",
  ]
  private static let inAttributes: [UInt8: String] = [
    UInt8(ascii: "&"): "&amp;", UInt8(ascii: "<"): "&lt;", UInt8(ascii: "\""): "&quot;",
    UInt8(ascii: "\t"): "&#x9;", UInt8(ascii: "\n"): "&#xA;", UInt8(ascii: "\r"): "&#xD;",
  ]

  private mutating func append(
    _ text: Text,
    escaping escapes: [UInt8: String]
  ) throws(CardError) {
    guard XMLCharacters.firstRefused(in: text.bytes) == nil else {
      throw CardError.invalidInput("A text holds a character that XML has no place for.")
    }
    for byte in text.bytes {
      if let escape = escapes[byte] { bytes += Array(escape.utf8) } else { bytes.append(byte) }
    }
  }

  private static func checked(name: Text) throws(CardError) -> [UInt8] {
    guard XMLCharacters.isName(name) else {
      throw CardError.invalidInput("\"\(name.utf16Slice(0..<60))\" is no name in XML.")
    }
    return name.bytes
  }
}

// MARK: - What is in an element

extension XMLWriter {
  private static func content(of value: Value) throws(CardError) -> Content {
    var content = Content()
    switch value {
    case .object(let object):
      for (key, member) in object { try add(member, key, to: &content) }
    case .list(let items):
      // A list within a list has no name for its items: those of objects are their keys.
      for item in items where !item.isNull {
        guard case .object(let object) = item else {
          throw CardError.invalidInput("In a list without a name, only objects become elements.")
        }
        for (key, member) in object { content.children.append(.element(key, member)) }
      }
    case .null: break
    default: content.children = [.text(Coercion.text(of: value) ?? .empty)]
    }
    return content
  }

  private static func add(
    _ member: Value,
    _ key: Text,
    to content: inout Content
  ) throws(CardError) {
    switch (key, member) {
    case (XMLElement.attributesKey, .object(let attributes)):
      for (name, value) in attributes where !value.isNull {
        content.attributes.append((name, Coercion.text(of: value) ?? .empty))
      }
    case (XMLElement.attributesKey, _), (XMLElement.textKey, .null): break
    case (XMLElement.textKey, _):
      content.children.append(.text(Coercion.text(of: member) ?? .empty))
    case (_, .list(let items)):
      content.children += items.map { .element(key, $0) }
    default: content.children.append(.element(key, member))
    }
  }
}
