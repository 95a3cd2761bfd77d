public import Values

/// An output of a card.
public struct OutputField: Hashable, Sendable {
  /// The id by which wires name the output.
  public let id: Text
  /// The name and declared type.
  public let field: CardField

  /// The output's name.
  public var name: FieldName { field.name }
}
