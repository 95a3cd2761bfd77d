/// Walks a log and collects what does not hold.
struct Verifier {
  let log: EventLog
  let head: LogHead
  /// Of how many first events the root is wanted too.
  private let earlierSize: UInt64?
  private(set) var result: Verification
  private var range = CompactRange()
  private var lastRecorded = Int64.min
  /// Nodes over the fewest leaves that are not what the leaves give.
  private var alteredLeaves: [CompactRange.Completed] = []
  private static let problemLimit = 1000

  init(log: EventLog, head: LogHead, earlierSize: UInt64? = nil) {
    self.log = log
    self.head = head
    self.earlierSize = earlierSize
    result = Verification(events: 0, root: Hash.emptyRoot, problems: [])
    if earlierSize == 0 { result.earlierRoot = Hash.emptyRoot }
  }

  mutating func report(_ problem: Problem) {
    if result.problems.count < Self.problemLimit { result.problems.append(problem) }
  }
}

extension Verifier {
  /// Takes in the leaves of the next run of events and compares the nodes they complete.
  mutating func take(_ run: LeafRun, _ transaction: borrowing ReadTransaction) throws {
    if let first = run.firstRecorded, first < lastRecorded {
      let position = run.range.lowerBound
      report(Problem(.alteredEvent, at: position, "it was recorded before the event before it"))
    }
    lastRecorded = run.lastRecorded ?? lastRecorded
    for problem in run.problems { report(problem) }
    for leaf in run.leaves {
      var completed: [CompactRange.Completed] = []
      leaf.withUnsafeBytes { range.append(leaf: $0) { completed.append($0) } }
      if range.size == earlierSize { result.earlierRoot = range.root }
      for node in completed { try compare(node, transaction) }
    }
  }

  private mutating func compare(
    _ node: CompactRange.Completed,
    _ transaction: borrowing ReadTransaction
  ) throws {
    let key = Keys.node(level: node.level, index: node.index)
    guard try transaction.value(log.tables.tree, key) != node.hash else { return }
    guard node.level > CompactRange.keptLevels else { return alteredLeaves.append(node) }
    report(Problem(.alteredTree, "node \(node.index) of level \(node.level) is not its leaves'"))
  }

  /// Compares the tree with the head's when all runs are in.
  mutating func finishEvents() {
    for node in alteredLeaves {
      let first = node.index << UInt64(node.level)
      let last = first + 1 << UInt64(node.level) - 1
      // Where the whole tree is right, it is the node that was altered.
      let kind: Problem.Kind = range == head.range ? .alteredTree : .alteredEvent
      report(Problem(kind, at: first, "the events up to position \(last) do not give their node"))
    }
    if range != head.range {
      report(Problem(.alteredTree, "the tree over the leaves is not the one of the head"))
    }
    if head.size > 0, lastRecorded != head.recordedTime {
      report(Problem(.alteredTree, "the head's time is not that of the last event"))
    }
    result.events = head.size
    result.root = range.root
  }
}
