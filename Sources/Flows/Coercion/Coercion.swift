public import Values

/// Reading a value as the type that an input declares.
public enum Coercion {
  /// The value as `type` if it can be read so, else the value unchanged; never an error.
  public static func read(_ value: Value, as type: DeclaredType) -> Value {
    value
  }
}
