internal import EventStore
internal import Values

/// What hooks delivered of an org, beside what was pulled from it.
public struct PullComparison: Hashable, Sendable {
  /// One hook's part.
  public struct Tally: Hashable, Sendable {
    /// The hook.
    public let hook: String
    /// Whether it names the types that it delivers; else nobody can say what it missed.
    public let namesTypes: Bool
    /// How many of the entries that were pulled it was to deliver.
    public var expected = 0
    /// How many of those it did not.
    public var missed = 0
    /// How many entries it delivered that were to be pulled.
    public var delivered = 0
    /// How many of those the System Log does not have.
    public var absent = 0
  }

  /// Each hook of the org, by name.
  public var hooks: [Tally] = []
  /// What came one way only, in the order in which it was found.
  public private(set) var gaps: [PullGap] = []
  /// Before which time deliveries were compared, in milliseconds since 1970; nil where none were.
  public internal(set) var until: Int64?

  /// From which position on deliveries are to be compared the next time.
  var deliveries: UInt64 = 0
  /// How many events the log held.
  var size: UInt64 = 0

  /// So many gaps an event of the log names; there are as many events as it takes.
  private static let gapsOfEvent = 1000

  /// Makes a comparison of nothing.
  init() {}

  /// Whether anything was compared.
  public var isEmpty: Bool { hooks.allSatisfy { $0.expected == 0 && $0.delivered == 0 } }

  mutating func add(_ gap: PullGap) {
    gaps.append(gap)
  }

  /// What the log keeps of it, as the data of one event or more; the hooks stand in the first.
  var data: [Object] {
    let starts = stride(from: 0, to: max(1, gaps.count), by: Self.gapsOfEvent)
    return starts.map { start in
      let part = gaps[start..<min(start + Self.gapsOfEvent, gaps.count)]
      return data(start == 0 ? hooks : [], part)
    }
  }

  private func data(_ hooks: [Tally], _ gaps: ArraySlice<PullGap>) -> Object {
    [
      "deliveries": .number(Double(deliveries)), "size": .number(Double(size)),
      "until": until.map { .text(Instant(milliseconds: $0).iso8601) } ?? .null,
      "hooks": .list(
        hooks.map { tally in
          .object([
            "hook": .text(Text(tally.hook)), "expected": .number(Double(tally.expected)),
            "missed": .number(Double(tally.missed)), "delivered": .number(Double(tally.delivered)),
            "absent": .number(Double(tally.absent)),
          ])
        }
      ),
      "gaps": .list(
        gaps.map { gap in
          .object([
            "gap": .text(Text(gap.kind.rawValue)), "hook": .text(Text(gap.hook)),
            "id": .text(Text(gap.id)), "position": .number(Double(gap.position.rawValue)),
          ])
        }
      ),
    ]
  }
}
