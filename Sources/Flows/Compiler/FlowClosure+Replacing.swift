public import Values

extension FlowClosure {
  /// The closure with the flows of exports in place of those with the same ids.
  ///
  /// What an export does not have stays as it is, so that a helper alone can be replaced. Of several
  /// exports with one flow the last counts. Where none has the flow itself by its id, one that has a single
  /// flow of its name has it: flows that are imported elsewhere get other ids. That is not so where the
  /// other id is known as well: then there are two flows of one name.
  ///
  /// - Parameters:
  ///   - packs: The exports.
  ///   - known: The ids of all flows that are to be replaced.
  /// - Returns: The closure with what the exports have.
  /// - Complexity: O(*n*) in the size of the closure and the exports.
  public func replacing(with packs: [FlowPack], knowing known: Set<Text>) -> FlowClosure {
    let later = Array(packs.reversed())
    let root = later.lazy.compactMap { $0.flow(like: flow, knowing: known) }.first ?? flow
    let whole = FlowPack(
      source: "closure",
      flows: Self.first(of: later.map(\.flows) + [flows]) { $0.id },
      tables: Self.first(of: later.map(\.tables) + [tables]) { $0.id },
      connections: Self.first(of: later.map(\.connections) + [connections]) { $0.id },
      groups: [],
      secrets: Self.first(of: later.map(\.secrets) + [secrets]) { $0.text }
    )
    return whole.closure(of: root.id) ?? self
  }

  /// Whether an export has anything that would take the place of a flow of the closure.
  public func isReached(by pack: FlowPack, knowing known: Set<Text>) -> Bool {
    pack.flow(like: flow, knowing: known) != nil || flows.contains { pack.flow(id: $0.id) != nil }
  }

  /// The items of several lists, each id once, in which the first counts.
  private static func first<Item>(of lists: [[Item]], by id: (Item) -> Text) -> [Item] {
    var seen: Set<Text> = []
    return lists.joined().filter { seen.insert(id($0)).inserted }
  }
}

extension FlowPack {
  /// The flow with the id of another, else the only one with its name.
  fileprivate func flow(like other: Flow, knowing known: Set<Text>) -> Flow? {
    if let same = flow(id: other.id) { return same }
    let named = flows.filter { $0.name == other.name && !known.contains($0.id) }
    return named.count == 1 ? named.first : nil
  }
}
