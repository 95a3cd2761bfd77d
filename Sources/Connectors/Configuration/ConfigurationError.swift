/// A file of settings that cannot be used, with the place where it cannot.
public struct ConfigurationError: Error, Hashable, Sendable {
  /// The file.
  public let file: String
  /// The line, from 1; nil where the whole file is meant.
  public let line: Int?
  /// The member, such as `connections[0].url`; empty where the whole file is meant.
  public let place: String
  /// What is wrong and what to do; no secret is in it.
  public let reason: String
  /// Whether the file is in order and what it names is not there: a variable, a file.
  var isOfSurroundings = false
}

extension ConfigurationError: CustomStringConvertible {
  /// File, line, member and reason.
  public var description: String {
    let where_ = line.map { "\(file):\($0)" } ?? file
    return place.isEmpty ? "\(where_): \(reason)" : "\(where_): \(place): \(reason)"
  }
}
