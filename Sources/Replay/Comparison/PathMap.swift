internal import Flows
internal import Values

/// A recorded path as the new version has it.
struct MappedPath: Hashable, Sendable {
  let path: Text
  /// Whether the card stands where it stood; else the path leads to where it was moved.
  let isSamePlace: Bool
}

/// Maps the step paths of one recording to those of the new version.
struct PathMap {
  private let alignment: Alignment
  private let executions: [Text: RecordedExecution]
  /// Where each execution's steps begin in the new version, and the new id of the card that calls.
  private var sites: [Text: Site?] = [:]

  private struct Site {
    let prefix: Text
    let isSamePlace: Bool
    /// The calling card, nil for the root.
    let caller: CardID?
  }

  init(_ recording: Recording, _ alignment: Alignment) {
    self.alignment = alignment
    executions = Dictionary(
      recording.executions.map { ($0.id, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    for execution in recording.executions { sites[execution.id] = makeSite(of: execution) }
  }

  /// The id of a recorded step's card in the old version.
  func card(of step: RecordedStep) -> CardID {
    CardID(flowID: executions[step.execution]?.flowID ?? .empty, uuid: step.card)
  }

  /// Where the new version has a recorded step; nil where it has no such card, or none that is
  /// reached by the same calls.
  func mapped(_ step: RecordedStep) -> MappedPath? {
    place(of: card(of: step), in: step.execution)
  }

  /// Where the new version has the step of a request that was left open.
  func mapped(_ open: OpenRequest) -> MappedPath? {
    let flow = executions[open.execution]?.flowID ?? .empty
    return place(of: CardID(flowID: flow, uuid: open.card), in: open.execution)
  }

  /// Where the new version calls the execution, nil where it does not.
  func callSite(of execution: Text) -> Text? {
    guard let site = sites[execution] ?? nil else { return nil }
    return Text(wtf8: Array(site.prefix.bytes.dropLast()))
  }

  /// The recorded executions by where the new version calls them.
  var executionsByCallSite: [Text: Text] {
    var found: [Text: Text] = [:]
    for id in sites.keys { if let site = callSite(of: id), !site.isEmpty { found[site] = id } }
    return found
  }

  /// Executions begin after those that call them, so the caller's site is there already.
  private func makeSite(of execution: RecordedExecution) -> Site? {
    guard let parent = execution.parent, let caller = executions[parent] else {
      return Site(prefix: .empty, isSamePlace: true, caller: nil)
    }
    // `…/card[3]`, `…/card:error` or `…/card`.
    let last = execution.callSite.split(separator: "/").last ?? execution.callSite
    let ends = [last.bytes.firstIndex(of: 0x5B), last.bytes.firstIndex(of: 0x3A)]
    let end = ends.compactMap { $0 }.min() ?? last.bytes.count
    let card = CardID(flowID: caller.flowID, uuid: Text(wtf8: Array(last.bytes[..<end])))
    guard let site = place(of: card, in: parent) else { return nil }
    return Site(
      prefix: Text(wtf8: site.path.bytes + last.bytes[end...] + [UInt8(ascii: "/")]),
      isSamePlace: site.isSamePlace,
      caller: alignment.match(old: card)?.new
    )
  }

  /// Where the new version has a card of the old one that an execution runs.
  func place(of card: CardID, in execution: Text) -> MappedPath? {
    guard let site = sites[execution] ?? nil, let match = alignment.match(old: card),
      let before = alignment.old.card(card), let after = alignment.new.card(match.new),
      isReached(after, from: site.caller)
    else { return nil }
    let oldArms = before.enclosure.withinExecution.map { enclosure in
      let container = CardID(flowID: card.flowID, uuid: enclosure.uuid)
      let renamed = alignment.match(old: container)?.new.uuid
      return Enclosure(uuid: renamed ?? .empty, arm: enclosure.arm)
    }
    let newArms = after.enclosure.withinExecution
    var bytes = site.prefix.bytes
    for arm in newArms {
      bytes += arm.uuid.bytes + [UInt8(ascii: ":")] + arm.arm.bytes + [UInt8(ascii: "/")]
    }
    return MappedPath(
      path: Text(wtf8: bytes + match.new.uuid.bytes),
      isSamePlace: site.isSamePlace && oldArms == newArms
    )
  }

  /// Whether the calls that led to the old card lead to the new one.
  private func isReached(_ card: LocatedCard, from caller: CardID?) -> Bool {
    let loop = card.enclosure.last(where: \.isExecution)
    guard let caller else { return loop == nil && card.id.flowID == alignment.new.root }
    if let loop {
      return loop.uuid == caller.uuid && card.id.flowID == caller.flowID
    }
    guard let callees = alignment.new.card(caller)?.card.namedCallees else { return true }
    return callees.contains(card.id.flowID)
  }
}

extension [Enclosure] {
  /// The containers inside the innermost execution, whose steps share a call site.
  fileprivate var withinExecution: [Enclosure] {
    guard let last = lastIndex(where: \.isExecution) else { return self }
    return Array(self[(last + 1)...])
  }
}

extension CardIndex {
  /// The id of the flow that the closure is of.
  var root: Text { cards.first?.id.flowID ?? .empty }
}
