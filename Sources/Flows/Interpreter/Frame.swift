internal import Values

/// An execution as its frames know it.
final class Execution: Sendable {
  let id: Text
  /// The id of the root of the tree.
  let root: Text
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
    root = parent?.root ?? id
  }
}

/// A body that is running.
struct Frame: Sendable {
  let body: CompiledBody
  let cards: [CompiledCard]
  let scope: Scope
  /// Whether the execution ends with this body, rather than going on behind it.
  let ownsExecution: Bool
  /// The outputs of the head.
  var headValues: [Value]
  /// The place of the card to run, or that is running.
  var position = 0
  var slots: [Value]
  /// Which cards have run; joins ask.
  var ran = PlaceSet()
  /// The last card that ran and is no comment.
  var last: Int?
  /// What the card at `position` is waiting for, but for a connector's answer.
  var pending: PendingStep?
  /// The card at `position`, where it waits for a connector's answer.
  var asking: AskingStep?
  /// The loop that this card is in.
  var iteration: Iteration?
  /// The join whose arms were skipped because a condition is unknown.
  var skippedJoin: SkippedJoin?
  /// Where the true arms that are running end, innermost first.
  var trueArms: [CardArms] = []
  /// The first error among the events of a flow that begins with some.
  var itemError: CaughtError?
  /// The unknowns of the frontiers met so far, which hide how the body ends.
  var hidden: Unknown?

  init(
    body: CompiledBody,
    scope: Scope,
    ownsExecution: Bool,
    headValues: [Value]
  ) {
    self.body = body
    cards = body.cards
    self.scope = scope
    self.ownsExecution = ownsExecution
    self.headValues = headValues
    slots = Array(repeating: .null, count: body.slotCount)
  }

  var execution: Execution { scope.execution }

  /// Whether the pending card waits for the flow that it called for an item.
  var isInLoop: Bool {
    if case .iteration? = pending?.phase { true } else { false }
  }
}

extension Frame {
  /// Keeps the outputs of the card that ran and goes on to the next.
  mutating func leave(_ card: CompiledCard, outputs: [Value]) {
    var slot = card.firstSlot
    for value in outputs {
      slots[slot] = value
      slot += 1
    }
    ran.insert(position)
    last = position
    position += 1
  }
}

/// An error that is kept for later, apart from what is copied often.
final class CaughtError: Sendable {
  let error: RaisedError

  init(_ error: RaisedError) {
    self.error = error
  }
}

/// A join behind arms that were skipped.
struct SkippedJoin: Sendable {
  let position: Int
  let unknown: Unknown
}

/// How a body ended.
indirect enum BodyOutcome: Sendable {
  /// It ran to its end, with the outputs of its last card.
  case ended(Object)
  /// A *Continue If* ended it.
  case stopped(message: Value)
  case failed(RaisedError)
  /// A *Continue If* or *Return Error If* that needs an unknown value ended it.
  case hidden(Unknown)
}
