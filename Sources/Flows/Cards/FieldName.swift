public import Values

/// The name of a card's field: a key within a group, or a key alone.
///
/// Inputs and outputs are named apart, so a card may have an input and an output of one name.
public struct FieldName: Hashable, Sendable {
  /// The group; nil where the field stands at the card's top level.
  public let group: Text?
  /// The machine name within the group, never the label that an author chose.
  public let key: Text

  /// Makes the name of a field.
  public init(group: Text? = nil, key: Text) {
    self.group = group
    self.key = key
  }
}

extension FieldName: CustomStringConvertible {
  /// The name as histories print it: `group/key`, or `key` where there is no group.
  public var description: String { text.description }

  /// The name as histories print it, with every unit of its parts.
  public var text: Text {
    guard let group else { return key }
    return Text(wtf8: group.bytes + [UInt8(ascii: "/")] + key.bytes)
  }
}

extension FieldName: ExpressibleByStringLiteral {
  /// Makes the name of a field that has no group.
  public init(stringLiteral value: String) { self.init(key: Text(value)) }
}
