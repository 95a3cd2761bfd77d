/// What a repair does with an effect of the flow.
public enum RepairAction: String, Hashable, Sendable, CaseIterable {
  /// It was done already: its recorded answer is used, and nothing is sent.
  case reuse
  /// It is sent.
  case send
  /// It is sent where what stands before it fails again.
  case fallback
  /// It was done already, with other arguments: somebody has to decide.
  case changed
  /// It was done already, and the version does it no more.
  case left
  /// It was done already, the version does it no more, and sends something of the kind elsewhere: somebody has to decide.
  case replaced
  /// It went out, and nobody knows whether it was done: somebody has to look.
  case inDoubt = "in doubt"
  /// What comes behind depends on an answer that nobody has: somebody has to decide whether it may be sent unseen.
  case unforeseen

  /// Whether nothing is sent until somebody decides in the plan.
  public var needsDecision: Bool {
    switch self {
    case .changed, .replaced, .unforeseen: true
    case .reuse, .send, .fallback, .left, .inDoubt: false
    }
  }
}
