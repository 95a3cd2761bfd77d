public import Values

/// An input of a card.
public struct InputField: Sendable {
  /// What an input holds that no wire feeds.
  public enum Constant: Sendable {
    /// A value.
    case value(Value)
    /// A flow of the export, by its id.
    case flow(Text)
    /// A flow that stands inside the card.
    case inline(FlowBody)
  }

  /// The id by which wires name the input.
  public let id: Text
  /// The name and declared type.
  public let field: CardField
  /// What authors see in place of the name; it names nothing.
  public let label: Text
  /// What the input holds where no wire feeds it.
  public let constant: Constant
  /// How the input becomes an argument of the flow that a list card calls; nil where it is none.
  public let argument: ArgumentBinding?

  /// The input's name.
  public var name: FieldName { field.name }
}
