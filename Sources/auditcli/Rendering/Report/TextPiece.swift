/// A piece of a value as a report shows it: what both values have, what differs, or how much was cut.
enum TextPiece: Hashable, Sendable {
  case same(String)
  case differing(String)
  case cut(Int)
}

extension TextPiece {
  /// How much of what both values have is shown around what differs.
  private static let context = 60
  /// Less than this is not worth cutting.
  private static let least = 40

  /// The piece without any style.
  var plain: String {
    switch self {
    case .same(let text), .differing(let text): text
    case .cut(let count): "… (\(count) characters cut) …"
    }
  }

  /// A text, of a long one the beginning.
  static func cut(_ text: String, to room: Int) -> [TextPiece] {
    beginning(Array(text.unicodeScalars)[...], room) { .same($0) }
  }

  /// Two texts that differ, each with what differs in it; of long ones that part and a little around it.
  ///
  /// Lengths are counted in Unicode scalars, since one character may have any number of them.
  static func pair(
    _ before: String,
    _ after: String,
    room: Int
  ) -> (before: [TextPiece], after: [TextPiece]) {
    let (old, new) = (Array(before.unicodeScalars), Array(after.unicodeScalars))
    let (start, end) = shared(old, new)
    let isLong = max(old.count, new.count) > room
    func pieces(_ scalars: [Unicode.Scalar]) -> [TextPiece] {
      let middle = scalars[start..<(scalars.count - end)]
      let rest = scalars[(scalars.count - end)...]
      return ending(scalars[..<start], isLong ? context : start)
        + beginning(middle, room) { .differing($0) }
        + beginning(rest, isLong ? context : end) { .same($0) }
    }
    return (pieces(old), pieces(new))
  }

  /// How much two texts have in common at their beginnings and at their ends, in whole words.
  private static func shared(
    _ old: [Unicode.Scalar],
    _ new: [Unicode.Scalar]
  ) -> (start: Int, end: Int) {
    let equal = zip(old, new).prefix { $0 == $1 }.count
    let rest = min(old.count, new.count) - equal
    let equalEnd = zip(old.reversed(), new.reversed()).prefix(rest).prefix { $0 == $1 }.count
    let word = old[..<equal].reversed().prefix(longestWord).prefix(while: \.isPartOfWord).count
    let wordEnd = old.suffix(equalEnd).prefix(longestWord).prefix(while: \.isPartOfWord).count
    return (equal - word, equalEnd - wordEnd)
  }

  private static let longestWord = 24

  private static func beginning(
    _ scalars: ArraySlice<Unicode.Scalar>,
    _ room: Int,
    _ piece: (String) -> TextPiece
  ) -> [TextPiece] {
    if scalars.isEmpty { return [] }
    guard scalars.count > room + least else { return [piece(text(scalars))] }
    return [piece(text(scalars.prefix(room))), .cut(scalars.count - room)]
  }

  private static func ending(_ scalars: ArraySlice<Unicode.Scalar>, _ room: Int) -> [TextPiece] {
    if scalars.isEmpty { return [] }
    guard scalars.count > room + least else { return [.same(text(scalars))] }
    return [.cut(scalars.count - room), .same(text(scalars.suffix(room)))]
  }

  private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }
}

extension Unicode.Scalar {
  fileprivate var isPartOfWord: Bool { properties.isAlphabetic || properties.numericType != nil }
}
