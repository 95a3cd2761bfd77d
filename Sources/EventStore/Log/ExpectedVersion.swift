/// What a writer knows of a stream, checked in the transaction that appends to it.
public enum ExpectedVersion: Hashable, Sendable {
  /// The stream may hold any number of events.
  case any
  /// The stream must hold exactly this many events.
  case exactly(UInt32)

  /// The stream must not exist yet.
  public static let none = ExpectedVersion.exactly(0)
}
