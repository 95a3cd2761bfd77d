public import Values

/// An id of which only the beginning was given, and with which several begin.
public struct AmbiguousID: Error, Hashable {
  /// What was given.
  public let word: String
  /// The ids that begin with it, in order.
  public let candidates: [Text]
}

extension AmbiguousID: CustomStringConvertible {
  /// The first of the ids, and what to do.
  public var description: String {
    let shown = candidates.prefix(10).map { "  \($0)" } + (candidates.count > 10 ? ["  …"] : [])
    return "\(word) begins \(candidates.count) ids; give more of the one:\n"
      + shown.joined(separator: "\n")
  }
}

/// Finds an id by its beginning.
enum UniquePrefix {
  /// The fewest bytes that stand for an id.
  private static let shortest = 4

  /// The one id that begins with a word, nil where none does or the word is too short.
  ///
  /// - Parameters:
  ///   - word: The beginning.
  ///   - ids: Gives the ids that begin with a text.
  /// - Returns: The id.
  /// - Throws: `AmbiguousID` where several do; what `ids` throws.
  static func id(_ word: String, among ids: (Text) throws -> [Text]) throws -> Text? {
    guard word.utf8.count >= shortest, !word.utf8.contains(0) else { return nil }
    let found = try ids(Text(word))
    guard found.count < 2 else { throw AmbiguousID(word: word, candidates: found.sorted()) }
    return found.first
  }
}
