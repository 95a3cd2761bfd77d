public import Values

/// An effect that a repair will have, or needs a word about.
public struct PlannedEffect: Hashable, Sendable {
  /// The path of its step in the version that repairs; of an effect in doubt, as the execution that has it recorded it.
  public let step: Text
  /// The name of its card, else its id.
  public let card: Text
  /// What is asked, as recordings have it.
  ///
  /// Parts that nobody can know before are unknown; of what is unforeseen it is the request whose answer is missing.
  public let request: Value
  /// What becomes of it.
  public let action: RepairAction
  /// What was asked in its place, where that was another request; else nil.
  public let before: Value?
  /// The execution that had an effect in doubt; else nil.
  public let doubtful: Text?
  /// The first paths of what is unforeseen: whatever comes at one of them, or below it.
  public let hidden: [Text]
  /// What somebody decided; nil where nobody did.
  public var decision: RepairDecision?

  /// Makes a planned effect.
  public init(
    step: Text,
    card: Text,
    request: Value,
    action: RepairAction,
    before: Value? = nil,
    doubtful: Text? = nil,
    hidden: [Text] = [],
    decision: RepairDecision? = nil
  ) {
    self.step = step
    self.card = card
    self.request = request
    self.action = action
    self.before = before
    self.doubtful = doubtful
    self.hidden = hidden
    self.decision = decision
  }

  /// The same with another action.
  func with(action: RepairAction) -> PlannedEffect {
    PlannedEffect(
      step: step,
      card: card,
      request: request,
      action: action,
      before: before,
      doubtful: doubtful,
      hidden: hidden,
      decision: decision
    )
  }

  /// Whether nothing may be sent before somebody has decided, or looked.
  public var isOpen: Bool { action == .inDoubt || (action.needsDecision && decision == nil) }

  /// Whether the effect, which is unforeseen, may be one at a path.
  func hides(_ path: Text) -> Bool {
    hidden.contains { $0 == path || $0.isCallSite(of: path) }
  }

  /// Whether the effect goes out.
  public var isSent: Bool { action == .send || (action == .changed && decision == .send) }
}
