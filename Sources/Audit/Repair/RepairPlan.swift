internal import Crypto
public import Replay
public import Values

/// What somebody means to do about failed executions: every effect that will be had, to be looked at by others and then
/// applied as it stands.
public struct RepairPlan: Sendable {
  /// The repair of one failed execution.
  public struct Entry: Sendable {
    /// The failed execution.
    public let execution: Text
    /// What the flow is called.
    public let flow: Text
    /// The hash of the version that repairs it.
    public let hash: Text
    /// How many entries its ledger had.
    public let ledger: UInt32
    /// How many repairs of it had been begun.
    public let begun: Int
    /// What the repair does; nil where it cannot be repaired.
    public var repair: PlannedRepair?
    /// Why it cannot be repaired.
    public let obstacle: String?

    /// Makes an entry.
    public init(
      execution: Text,
      flow: Text,
      hash: Text,
      ledger: UInt32,
      begun: Int,
      repair: PlannedRepair? = nil,
      obstacle: String? = nil
    ) {
      self.execution = execution
      self.flow = flow
      self.hash = hash
      self.ledger = ledger
      self.begun = begun
      self.repair = repair
      self.obstacle = obstacle
    }
  }

  /// The plan's id.
  public let id: Text
  /// When it was made, in milliseconds since 1970: what the clock says in repairs that ask it anew.
  public let created: Int64
  /// How many events the log had: what came later is not looked at.
  public let size: UInt64
  /// Whether reads that were answered are not asked anew.
  public let reusesReads: Bool
  /// Whether all is done anew, also what was done already.
  public let startsAnew: Bool
  /// Pairs of cards that somebody said are the same, as `old=new`.
  public let mappings: [Text]
  /// What is changed of what the executions were started with, in order.
  public let edits: [TriggerEdit]
  /// Who made it, as claimed.
  public let actor: String
  /// Why, if told.
  public let why: String?
  /// The failed executions, in the order in which they began.
  public var entries: [Entry]

  /// Makes a plan.
  public init(
    id: Text,
    created: Int64,
    size: UInt64,
    reusesReads: Bool,
    startsAnew: Bool,
    mappings: [Text],
    edits: [TriggerEdit] = [],
    actor: String,
    why: String?,
    entries: [Entry]
  ) {
    self.id = id
    self.created = created
    self.size = size
    self.reusesReads = reusesReads
    self.startsAnew = startsAnew
    self.mappings = mappings
    self.edits = edits
    self.actor = actor
    self.why = why
    self.entries = entries
  }

  /// How repairs are made by this plan.
  public var policy: RepairPolicy {
    var policy = RepairPolicy(now: Instant(milliseconds: created), seed: id)
    policy.reusesReads = reusesReads
    policy.startsAnew = startsAnew
    return policy
  }

  /// The id of the execution that repairs another by this plan; the same whenever it is asked for.
  public func repair(of execution: Text) -> Text {
    let bytes = SHA256.hash(data: id.bytes + [0] + execution.bytes)
    return ExecutionID.text(of: Array(bytes.prefix(ExecutionID.byteCount)))
  }

  /// How many executions there are, and how many effects of each action.
  public var counts: Object {
    let effects = entries.flatMap { $0.repair?.effects ?? [] }
    var counts: Object = ["executions": .whole(entries.count)]
    for action in RepairAction.allCases {
      counts[Text(action.rawValue)] = .whole(effects.count { $0.action == action })
    }
    counts["obstacles"] = .whole(entries.count { $0.repair == nil })
    return counts
  }

  /// The SHA-256 of the plan without decisions, as hexadecimal digits.
  public var digest: Text { Self.digest(lines(withDecisions: false)) }

  /// The SHA-256 of the plan with decisions.
  public var digestWithDecisions: Text { Self.digest(lines(withDecisions: true)) }

  static func digest(_ lines: [Object]) -> Text {
    var hash = SHA256()
    for line in lines { hash.update(data: JSON.serialize(.object(line)) + [0x0A]) }
    return Hexadecimal.encode(hash.finalize())
  }
}
