internal import EventStore
internal import Values

/// What an answer rests on: which positions were read, and how much of the log is anchored.
struct Coverage {
  /// How many events the log held when the answer was made.
  let size: UInt64
  /// The newest position that something outside the store vouches for.
  var anchored: UInt64?
  /// The positions that could not be read, ascending.
  var gaps: [UInt64] = []
  private static let namedGaps = 5

  /// Writes the coverage behind an answer: as its last line of JSON, or as a message.
  func write(json: Bool) {
    guard !json else {
      let read: Value =
        size == 0 ? .null : .list([.number(0), .number(Double(size - 1))])
      let coverage: Object = [
        "positions": read, "events": .number(Double(size)),
        "gaps": .list(gaps.map { .number(Double($0)) }),
        "anchored": anchored.map { .number(Double($0)) } ?? .null,
      ]
      Output.json(["coverage": .object(coverage)])
      return
    }
    Output.message(Style.faint(sentence))
  }

  /// The coverage as a message tells it.
  var sentence: String {
    let positions = size == 0 ? "no events" : "positions 0 to \(size - 1)"
    let vouched = anchored.map { "anchored up to position \($0)" } ?? "nothing anchored outside yet"
    return "Covers \(positions), \(missing); \(vouched)."
  }

  private var missing: String {
    guard !gaps.isEmpty else { return "no gaps" }
    let named = gaps.prefix(Self.namedGaps).map(String.init).joined(separator: ", ")
    let rest = gaps.count - Self.namedGaps
    return "without \(named)" + (rest > 0 ? " and \(rest) more" : "")
  }
}
