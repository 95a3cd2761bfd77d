/// What is wrong with an answers file.
public struct AnswersError: Error, Hashable, CustomStringConvertible {
  /// The file.
  public let source: String
  /// Where in it, such as `answers[2].when`; empty for the whole file.
  public let place: String
  /// What is wrong there.
  public let reason: String

  /// The place, and what is wrong there.
  public var description: String {
    place.isEmpty ? "\(source): \(reason)" : "\(source): \(place): \(reason)"
  }
}
