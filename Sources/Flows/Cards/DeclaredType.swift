/// The type that a flow's author gave a field.
///
/// A declared type says how an input is read and how a callee's result is wrapped; it never limits
/// what an output may hold.
public indirect enum DeclaredType: Hashable, Sendable {
  /// A text.
  case string
  /// A number.
  case number
  /// True or false.
  case boolean
  /// An instant.
  case date
  /// An object, or whatever else is handed over under that name.
  case object
  /// A file.
  case file
  /// A flow that the card calls.
  case flow
  /// A type that the format does not name; nothing is converted.
  case any
  /// An object whose members are declared.
  case schema(ObjectSchema)
  /// A list of items of a type.
  case list(DeclaredType)
}

extension DeclaredType {
  /// Whether the type is a list.
  public var isList: Bool {
    if case .list = self { true } else { false }
  }

  /// The type of the items of a list, or the type itself.
  public var item: DeclaredType {
    if case .list(let item) = self { item } else { self }
  }
}
