/// One indexed value of an event: a field and the value as filters compare it.
///
/// Fields below 32 hold values shared by many events, which get numbers; fields from 32 hold values
/// that are nearly unique, of which only a keyed hash is stored.
public struct Term: Hashable, Sendable {
  /// The field's number, from 1; 0 is the event's type, which the log indexes by itself.
  public let field: UInt8
  /// The value, normalised as the filter compares it.
  public let value: [UInt8]

  /// Makes the term of a field and its normalised value.
  public init(field: UInt8, value: [UInt8]) {
    self.field = field
    self.value = value
  }

  /// The field that holds the event's type.
  public static let typeField: UInt8 = 0

  /// Whether values of the field are hashed instead of numbered.
  public static func isNearUnique(_ field: UInt8) -> Bool { field >= 32 }
}
