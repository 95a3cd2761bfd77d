internal import Values

/// Walks the times at which a schedule is due, ascending, in whole seconds since 1970.
///
/// Two rules hold where a zone's clocks change. A time that the clocks skip is due when it would have
/// been by the clocks before the change, as RFC 5545 (3.3.5) has it: 02:30 is 03:30. Of a time that
/// the clocks show twice the first counts, unless the schedule names every hour: what is due every
/// quarter of an hour goes on so.
struct PlannedTimes: Sequence, IteratorProtocol {
  /// A stretch of time between two changes of the clocks.
  private struct Stretch {
    let start: Int64
    let end: Int64
    /// Seconds east of UTC.
    let offset: Int64
    /// The offset before the stretch.
    let former: Int64
  }

  private let pattern: WallPattern
  private let zone: ZoneFile
  private let end: Int64
  /// Nothing before it is looked for.
  private var time: Int64
  private var stretch: Stretch

  /// No change of clocks is felt longer than this.
  private static let reach: Int64 = 2 * WallPattern.secondsInDay

  init(_ pattern: WallPattern, _ zone: ZoneFile, in range: Range<Int64>) {
    self.pattern = pattern
    self.zone = zone
    (time, end) = (range.lowerBound, range.upperBound)
    let start = range.lowerBound - Self.reach
    let offset = Int64(zone.offset(at: start))
    stretch = Stretch(
      start: start,
      end: zone.change(after: start) ?? .max,
      offset: offset,
      former: offset
    )
  }

  mutating func next() -> Int64? {
    while time < end {
      guard time < stretch.end else {
        advance()
        continue
      }
      if let found = firstInStretch() {
        time = found + 1
        return found
      }
      time = Swift.min(stretch.end, end)
    }
    return nil
  }

  private mutating func advance() {
    let start = stretch.end
    stretch = Stretch(
      start: start,
      end: zone.change(after: start) ?? .max,
      offset: Int64(zone.offset(at: start)),
      former: stretch.offset
    )
  }

  private func firstInStretch() -> Int64? {
    let limit = Swift.min(stretch.end, end)
    let shift = stretch.offset - stretch.former
    var from = time
    if shift < 0, !pattern.hours.isEverything { from = Swift.max(from, stretch.start - shift) }
    let shown = first(in: from, limit, offset: stretch.offset)
    guard shift > 0 else { return shown }
    let skipped = first(
      in: time,
      Swift.min(limit, stretch.start + shift),
      offset: stretch.former
    )
    guard let shown, let skipped else { return shown ?? skipped }
    return Swift.min(shown, skipped)
  }

  private func first(in start: Int64, _ end: Int64, offset: Int64) -> Int64? {
    guard start < end else { return nil }
    return pattern.first(in: start + offset..<end + offset).map { $0 - offset }
  }
}
