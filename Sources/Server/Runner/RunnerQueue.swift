/// What is to be run, in the order in which it came, and how far everything before is done.
struct RunnerQueue: Sendable {
  /// Something to do.
  enum Work: Sendable {
    /// What events start that stand in a range, which came by a hook; where some may have been
    /// started before, only the rest.
    case events(Range<UInt64>, hook: String?, areOld: Bool)
    /// An execution that was cut off.
    case cut(String)
  }

  private var waiting: [(number: Int, work: Work)] = []
  private var head = 0
  /// The ranges that are being worked on, by number.
  private var working: [Int: Range<UInt64>] = [:]
  private var next = 0
  /// How far events are known.
  private var end: UInt64

  init(from position: UInt64) {
    end = position
  }

  /// How much waits.
  var count: Int { waiting.count - head }

  /// Adds work; what others appended before its events, such as a server that only takes in, is looked
  /// through too.
  mutating func add(_ work: Work) {
    if case .events(let range, _, _) = work {
      if range.lowerBound > end { append(.events(end..<range.lowerBound, hook: nil, areOld: true)) }
      end = max(end, range.upperBound)
    }
    append(work)
  }

  private mutating func append(_ work: Work) {
    waiting.append((next, work))
    next += 1
  }

  /// The next thing to do, with a number to tell when it is done.
  mutating func take() -> (number: Int, work: Work)? {
    guard head < waiting.count else { return nil }
    let taken = waiting[head]
    head += 1
    if head > 1024, head * 2 > waiting.count {
      waiting.removeFirst(head)
      head = 0
    }
    if case .events(let range, _, _) = taken.work {
      working[taken.number] = range
    } else {
      working[taken.number] = end..<end
    }
    return taken
  }

  mutating func finish(_ number: Int) { working[number] = nil }

  /// Before which position everything is done.
  ///
  /// - Complexity: O(*n*) in what waits and is worked on.
  var position: UInt64 {
    var first = end
    for range in working.values { first = min(first, range.lowerBound) }
    for place in head..<waiting.count {
      if case .events(let range, _, _) = waiting[place].work {
        first = min(first, range.lowerBound)
      }
    }
    return first
  }
}
