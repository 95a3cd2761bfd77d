internal import Values

/// Finds the one order in which the cards of a body run.
///
/// The pairs of `orderings` and an edge from each If/Else to the heads of its arms order all cards
/// but those of opposite arms. Here the true arm goes before the false one, which makes the order
/// total: were it not, nothing would say which of two cards runs first, and the body is refused.
struct BodyOrder {
  /// More cards than any editor shows; keeps hostile exports from exhausting memory.
  static let maximumCards = 20_000

  /// The order found.
  struct Result {
    /// The draft at each place.
    let permutation: [Int]
    /// The place of each draft.
    let places: [Int]
    /// The arms of the If/Else at each place.
    let arms: [CardArms?]
  }

  let node: ExportNode
  let drafts: [CardDraft]
  let places: [Text: Int]

  func sorted() throws(FlowLoadError) -> Result {
    var graph = Graph(count: drafts.count)
    try addOrderings(to: &graph)
    let branches = try addBranches(to: &graph)
    let roots = graph.roots
    guard roots.count == 1 else {
      throw node.error(
        roots.isEmpty
          ? .cycle(drafts.map(\.uuid)) : .severalRoots(roots.map { drafts[$0].uuid })
      )
    }
    var arms: [ArmSets] = []
    for branch in branches { arms.append(graph.arms(of: branch)) }
    for (branch, sets) in zip(branches, arms) {
      for card in sets.whenTrue { graph.insert(card, branch.whenFalse) }
    }
    let permutation = try totalOrder(of: graph)
    return try result(permutation, branches: branches, arms: arms)
  }

  private func addOrderings(to graph: inout Graph) throws(FlowLoadError) {
    for (_, pair) in try node.member("orderings").members() {
      let ends = try pair.items()
      guard ends.count == 2 else {
        throw pair.error(.wrongType(expected: "two card ids", found: "\(ends.count)"))
      }
      let before = try card(ends[0])
      let after = try card(ends[1])
      if before != after { graph.insert(before, after) }
    }
  }

  private func card(_ node: ExportNode) throws(FlowLoadError) -> Int {
    let id = try node.text()
    guard let place = places[id] else { throw node.error(.danglingCard(id)) }
    return place
  }

  private func addBranches(to graph: inout Graph) throws(FlowLoadError) -> [Graph.Branch] {
    var found: [Graph.Branch] = []
    for (card, draft) in drafts.enumerated() {
      var heads: [Bool: Int] = [:]
      let branches = try draft.node.optionalMember("branches")
      for (id, outcome) in try branches?.members() ?? [] {
        guard let head = places[id] else { throw outcome.error(.danglingCard(id)) }
        guard heads.updateValue(head, forKey: try outcome.boolean()) == nil else {
          throw draft.node.error(.incompleteArms)
        }
        graph.insert(card, head)
      }
      if draft.kind == .function("control:if") || !heads.isEmpty {
        guard let whenTrue = heads[true], let whenFalse = heads[false], whenTrue != whenFalse
        else { throw (branches ?? draft.node).error(.incompleteArms) }
        found.append(Graph.Branch(card: card, whenTrue: whenTrue, whenFalse: whenFalse))
      }
    }
    return found
  }

  private func totalOrder(of graph: Graph) throws(FlowLoadError) -> [Int] {
    var waiting = graph.predecessorCounts
    var ready = graph.roots
    var order: [Int] = []
    order.reserveCapacity(drafts.count)
    while let card = ready.popLast() {
      if let other = ready.last {
        throw node.error(.ambiguousOrder(drafts[other].uuid, drafts[card].uuid))
      }
      order.append(card)
      for next in graph.successors[card] {
        waiting[next] -= 1
        if waiting[next] == 0 { ready.append(next) }
      }
    }
    guard order.count == drafts.count else {
      let stuck = waiting.indices.filter { waiting[$0] > 0 }.map { drafts[$0].uuid }
      throw node.error(.cycle(stuck))
    }
    return order
  }

  private func result(
    _ permutation: [Int],
    branches: [Graph.Branch],
    arms sets: [ArmSets]
  ) throws(FlowLoadError) -> Result {
    var places = Array(repeating: 0, count: drafts.count)
    for (place, draft) in permutation.enumerated() { places[draft] = place }
    var arms: [CardArms?] = Array(repeating: nil, count: drafts.count)
    for (branch, sets) in zip(branches, sets) {
      guard let whenTrue = range(of: sets.whenTrue, places),
        let whenFalse = range(of: sets.whenFalse, places),
        whenTrue.upperBound == whenFalse.lowerBound
      else { throw drafts[branch.card].node.error(.incompleteArms) }
      arms[places[branch.card]] = CardArms(whenTrue: whenTrue, whenFalse: whenFalse)
    }
    return Result(permutation: permutation, places: places, arms: arms)
  }

  /// The places of an arm's cards, nil unless they stand side by side.
  private func range(of arm: [Int], _ places: [Int]) -> Range<Int>? {
    let taken = arm.map { places[$0] }
    guard let first = taken.min(), let last = taken.max(), last - first + 1 == arm.count else {
      return nil
    }
    return first..<(last + 1)
  }
}

/// The cards of the two arms of an If/Else.
struct ArmSets {
  let whenTrue: [Int]
  let whenFalse: [Int]
}

/// The cards of a body and what runs directly after each.
struct Graph {
  /// An If/Else and the heads of its arms.
  struct Branch {
    let card: Int
    let whenTrue: Int
    let whenFalse: Int
  }

  private(set) var successors: [[Int]]
  private var edges: Set<Edge> = []

  private struct Edge: Hashable {
    let before: Int
    let after: Int
  }

  init(count: Int) {
    successors = Array(repeating: [], count: count)
  }

  mutating func insert(_ before: Int, _ after: Int) {
    guard edges.insert(Edge(before: before, after: after)).inserted else { return }
    successors[before].append(after)
  }

  var predecessorCounts: [Int] {
    var counts = Array(repeating: 0, count: successors.count)
    for targets in successors { for target in targets { counts[target] += 1 } }
    return counts
  }

  var roots: [Int] {
    predecessorCounts.enumerated().filter { $0.element == 0 }.map(\.offset)
  }

  /// What each arm reaches and the other does not.
  func arms(of branch: Branch) -> ArmSets {
    let fromTrue = reached(from: branch.whenTrue)
    let fromFalse = reached(from: branch.whenFalse)
    return ArmSets(
      whenTrue: successors.indices.filter { fromTrue[$0] && !fromFalse[$0] },
      whenFalse: successors.indices.filter { fromFalse[$0] && !fromTrue[$0] }
    )
  }

  private func reached(from start: Int) -> [Bool] {
    var seen = Array(repeating: false, count: successors.count)
    seen[start] = true
    var pending = [start]
    while let card = pending.popLast() {
      for next in successors[card] where !seen[next] {
        seen[next] = true
        pending.append(next)
      }
    }
    return seen
  }
}
