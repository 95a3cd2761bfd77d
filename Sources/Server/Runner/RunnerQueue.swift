/// What is to be run, in the order in which it came, and how far everything before is done.
///
/// Only so much is kept: of what comes beyond, and of what comes while nothing is to be started, it is
/// known where it begins, and it is read from the log again when its time comes.
struct RunnerQueue: Sendable {
  /// Something to do.
  enum Work: Sendable {
    /// What events start that stand in a range, which came by a hook; where some may have been
    /// started before, only the rest. The caller of an API endpoint may wait for the answer.
    case events(Range<UInt64>, hook: String?, areOld: Bool, caller: CallerAnswer? = nil)
    /// An execution that was cut off.
    case cut(String)
  }

  private var waiting: [(number: Int, work: Work)] = []
  private var head = 0
  /// From where on events wait in the log alone.
  private var held: UInt64?
  /// The ranges that are being worked on, by number.
  private var working: [Int: Range<UInt64>] = [:]
  /// The events that are being looked at; where a range was given back, it may come twice.
  private var begun: Set<UInt64> = []
  private var next = 0
  /// How far events are known.
  private var end: UInt64
  /// Whether nothing is given out.
  private(set) var isPaused = false

  /// So much waits here, the rest in the log.
  private static let capacity = 10_000
  /// So many events at once are read from the log again.
  private static let slice: UInt64 = 16

  /// A queue for what comes from a position on; what lies between `held` and that is looked through.
  init(from position: UInt64, held: UInt64? = nil) {
    end = position
    self.held = held.flatMap { $0 < position ? $0 : nil }
  }

  /// How much waits here.
  var count: Int { waiting.count - head }

  /// Adds work; what others appended before its events, such as a server that only takes in, is looked
  /// through too.
  mutating func add(_ work: Work) {
    guard case .events(let range, _, _, let caller) = work else { return append(work) }
    if held == nil, isPaused || count >= Self.capacity { held = min(end, range.lowerBound) }
    if held == nil {
      if range.lowerBound > end { append(.events(end..<range.lowerBound, hook: nil, areOld: true)) }
      append(work)
    } else {
      caller?.settle(.later)
    }
    end = max(end, range.upperBound)
  }

  private mutating func append(_ work: Work) {
    waiting.append((next, work))
    next += 1
  }

  /// The next thing to do, with a number to tell when it is done.
  mutating func take() -> (number: Int, work: Work)? {
    guard !isPaused else { return nil }
    if head == waiting.count, let first = held {
      let last = min(end, first + Self.slice)
      held = last < end ? last : nil
      if first < last { append(.events(first..<last, hook: nil, areOld: true)) }
    }
    guard head < waiting.count else { return nil }
    let taken = waiting[head]
    head += 1
    if head > 1024, head * 2 > waiting.count {
      waiting.removeFirst(head)
      head = 0
    }
    if case .events(let range, _, _, _) = taken.work {
      working[taken.number] = range
    } else {
      working[taken.number] = end..<end
    }
    return taken
  }

  mutating func finish(_ number: Int) { working[number] = nil }

  /// What is to be done with an event of a range that was taken.
  enum Turn {
    /// It is this worker's, who says when it is done with it.
    case mine
    /// Another has it.
    case others
    /// Nothing is to be begun now.
    case none
  }

  /// Whose turn it is to look at an event.
  mutating func begin(_ place: UInt64) -> Turn {
    if isPaused { return .none }
    return begun.insert(place).inserted ? .mine : .others
  }

  mutating func end(_ place: UInt64) { begun.remove(place) }

  /// Gives the rest of a range back, from an event on: it is read from the log again when its time comes.
  mutating func giveBack(_ number: Int, from place: UInt64) {
    guard let range = working[number], range.contains(place) else { return }
    held = min(held ?? place, place)
  }

  /// Gives nothing out from now on, or goes on.
  ///
  /// Whoever waits for what is not begun yet is told that it comes later.
  mutating func setPaused(_ paused: Bool) {
    isPaused = paused
    guard paused else { return }
    // Work is given out in the order of the log: all that waits is behind all that is worked on.
    let rest = waiting[head...]
    waiting = []
    head = 0
    for (number, work) in rest {
      switch work {
      case .cut: waiting.append((number, work))
      case .events(let range, _, _, let caller):
        held = min(held ?? range.lowerBound, range.lowerBound)
        caller?.settle(.later)
      }
    }
  }

  /// Before which position everything is done.
  ///
  /// - Complexity: O(*n*) in what waits and is worked on.
  var position: UInt64 {
    var first = min(end, held ?? end)
    for range in working.values { first = min(first, range.lowerBound) }
    for place in head..<waiting.count {
      if case .events(let range, _, _, _) = waiting[place].work {
        first = min(first, range.lowerBound)
      }
    }
    return first
  }

  /// Whether nothing waits or is worked on.
  var isIdle: Bool { count == 0 && held == nil && working.isEmpty }

  /// How much is being worked on.
  var workingCount: Int { working.count }

  /// How many events are not known to have started what they start.
  var backlog: UInt64 { end - position }
}
