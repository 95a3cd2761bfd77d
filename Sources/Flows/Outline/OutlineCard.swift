public import Values

/// A card of an outline.
public struct OutlineCard: Sendable {
  /// Its number in the flow, from 1; wires name their sources by it.
  public let number: Int
  /// How many arms and inline flows it stands in.
  public let depth: Int
  /// The card.
  public let card: Card
  /// What it asks, where it is a condition.
  public let condition: OutlineCondition?
  /// What it is given, in the order of its fields; fields that its author left empty are left out, as are those of
  /// its condition, its template and its row conditions.
  public let inputs: [OutlineInput]
  /// The text that it puts together; nil where it is no *Compose*, or a wire brings its template.
  public let template: [OutlineTemplatePart]?
  /// Which rows it is about, where it is a card of a table; empty for all.
  public let rowConditions: [OutlineRowCondition]
  /// The name of the connection that it uses.
  public let connection: Text?
  /// The name of the table that it reads or writes.
  public let table: Text?
  /// The name of the flow that is told where it fails; nil where none is.
  public let errorFlow: Text?
}

/// The beginning of cards that run or do not run together.
public struct OutlineArm: Sendable {
  /// How many arms and inline flows it stands in.
  public let depth: Int
  /// `true`, `false`, `if`, `else if`, `else`, `try`, `error`, or `each` for what runs for each item.
  public let name: Text
  /// What must hold for it to run, where that stands at the arm.
  public let condition: OutlineCondition?
}

/// A comparison that decides what runs.
public struct OutlineCondition: Sendable {
  /// What is compared.
  public let left: [OutlineSource]
  /// How, as the export spells it, such as `==`.
  public let comparison: [OutlineSource]
  /// What it is compared with.
  public let right: [OutlineSource]
}

/// A condition by which a table card picks rows.
public struct OutlineRowCondition: Sendable {
  /// The column.
  public let column: Text
  /// How it is compared, as the export spells it, such as `>=`.
  public let comparison: Text
  /// What it is compared with; nothing where its author left it empty.
  public let operand: [OutlineSource]
  /// Whether the next condition is an alternative; of the last it says nothing.
  public let isAlternativeNext: Bool
}

/// An input of a card of an outline.
public struct OutlineInput: Sendable {
  /// The input's name and declared type.
  public let field: CardField
  /// What its author sees: the name, but for fields that authors add.
  public let label: Text
  /// Where its value comes from: one place, or for a join one for each arm.
  public let sources: [OutlineSource]
}

/// A piece of a text that a card puts together.
public enum OutlineTemplatePart: Sendable {
  /// A text that stands as it is.
  case literal(Text)
  /// The place of a value; nowhere where its author left it empty.
  case slot([OutlineSource])
}

/// Where a value comes from.
public indirect enum OutlineSource: Hashable, Sendable {
  /// It stands in the card.
  case constant(Value)
  /// An output of a card, by the card's number.
  case output(card: Int, FieldName, PinTransform?)
  /// What the engine gives an inline flow, such as `context/error`.
  case given(FieldName, PinTransform?)
  /// The current item of a list, at a path; the empty path is the item itself.
  case item(path: Text)
  /// What stands in another value, at the steps of a path; the value itself where there are none.
  case member(of: OutlineSource, path: [Text], PinTransform?)
  /// A flow, by its name.
  case flow(Text)
}
