public import Values

/// An input or output of one card in a flow.
public struct CardField: Hashable, Sendable {
  /// The name that the card knows the field by.
  public let name: FieldName
  /// The type that the author declared.
  public let type: DeclaredType
  /// Whether the author added the field: an argument, a slot of a template, a key of an object.
  public let isCustom: Bool
  /// The steps into the object that an accessor's output reads; nil on every other field.
  public let path: [Text]?

  /// Makes a field.
  public init(name: FieldName, type: DeclaredType, isCustom: Bool = false, path: [Text]? = nil) {
    self.name = name
    self.type = type
    self.isCustom = isCustom
    self.path = path
  }
}
