internal import Values

/// An execution as its frames know it.
final class Execution: Sendable {
  let id: Text
  let flow: CompiledFlow
  let parent: Execution?
  /// The card of the parent that called.
  let callingCard: Text?
  let callSite: Text
  let index: Int?
  let depth: Int

  init(
    id: Text,
    flow: CompiledFlow,
    parent: Execution?,
    callingCard: Text?,
    callSite: Text,
    index: Int?
  ) {
    self.id = id
    self.flow = flow
    self.parent = parent
    self.callingCard = callingCard
    self.callSite = callSite
    self.index = index
    depth = parent.map { $0.depth + 1 } ?? 0
  }
}

/// A body that is running.
struct Frame: Sendable {
  let body: CompiledBody
  let execution: Execution
  /// Whether the execution ends with this body, rather than going on behind it.
  let ownsExecution: Bool
  /// What step paths put before the ids of the body's cards.
  let pathPrefix: Text
  /// The outputs of the head.
  let headValues: [Value]
  /// The place of the card to run, or that is running.
  var position = 0
  var slots: [Value]
  /// Which cards have run; joins and results ask.
  var ran: [Bool]
  /// The last card that ran and is no comment.
  var last: Int?
  /// What the card at `position` is waiting for.
  var pending: PendingStep?
  /// The join whose arms were skipped because a condition is unknown.
  var skippedJoin: SkippedJoin?
  /// Where the true arms that are running end, innermost first.
  var trueArms: [CardArms] = []
  /// The first error among the events of a flow that begins with some.
  var itemError: RaisedError?
  /// The unknowns of the frontiers met so far, which hide how the body ends.
  var hidden: Unknown?

  init(
    body: CompiledBody,
    execution: Execution,
    ownsExecution: Bool,
    pathPrefix: Text,
    headValues: [Value]
  ) {
    self.body = body
    self.execution = execution
    self.ownsExecution = ownsExecution
    self.pathPrefix = pathPrefix
    self.headValues = headValues
    slots = Array(repeating: .null, count: body.slotCount)
    ran = Array(repeating: false, count: body.cards.count)
  }
}

extension Frame {
  /// Keeps the outputs of the card that ran and goes on to the next.
  mutating func leave(_ card: CompiledCard, outputs: [Value]) {
    for (slot, value) in zip(card.slots, outputs) { slots[slot] = value }
    ran[position] = true
    last = position
    position += 1
  }
}

/// A join behind arms that were skipped.
struct SkippedJoin: Sendable {
  let position: Int
  let unknown: Unknown
}

/// How a body ended.
enum BodyOutcome: Sendable {
  /// It ran to its end, with the outputs of its last card.
  case ended(Object)
  /// A *Continue If* ended it.
  case stopped(message: Value)
  case failed(RaisedError)
  /// A *Continue If* or *Return Error If* that needs an unknown value ended it.
  case hidden(Unknown)
}
