internal import Flows
internal import Replay
internal import Values

/// Why a file is no plan of repairs, and what to do.
public struct RepairPlanError: Error, Hashable, CustomStringConvertible {
  /// The file and line, what is wrong, and the remedy.
  public let description: String
}

extension RepairPlan {
  /// Reads a plan's file.
  ///
  /// Decisions may have been written into it; all else must be as it was made.
  ///
  /// - Throws: `RepairPlanError` with the line at fault.
  public init(_ bytes: [UInt8], source: String) throws(RepairPlanError) {
    var reading = PlanReading(source)
    for (number, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      .enumerated()
    where !line.isEmpty {
      try reading.take(Array(line), number + 1)
    }
    self = try reading.finished()
  }
}

private struct PlanReading {
  private let source: String
  private var plan: RepairPlan?
  private var entry: RepairPlan.Entry?
  private var effects: [PlannedEffect] = []
  private var status: (ExecutionStatus?, Text?) = (nil, nil)
  private var digest: Text?
  private var number = 0

  init(_ source: String) { self.source = source }

  mutating func take(_ line: [UInt8], _ number: Int) throws(RepairPlanError) {
    self.number = number
    guard digest == nil else { throw error("there is something behind the line with the digest") }
    guard let value = try? JSON.parse(line), case .object(let members) = value else {
      throw error("it is no JSON object")
    }
    if members["plan"] != nil, plan == nil { return plan = try header(members) }
    guard plan != nil else { throw error("a plan begins with a line that has `plan`") }
    if let text = members.textAt("digest") {
      close()
      digest = text
    } else if members["step"] != nil {
      effects.append(try effect(members))
    } else {
      close()
      try begin(members)
    }
  }

  mutating func finished() throws(RepairPlanError) -> RepairPlan {
    guard let plan else { throw error("it is empty") }
    guard let digest else {
      throw error("the last line, with the digest, is missing: the file is cut short")
    }
    guard plan.digest == digest else {
      throw RepairPlanError(
        description:
          "\(source) is not as it was made: something but decisions was changed. Plan the repair anew."
      )
    }
    return plan
  }

  private func error(_ what: String) -> RepairPlanError {
    RepairPlanError(
      description: "\(source):\(number): \(what). `auditcli repair plan` makes plans."
    )
  }

  private func header(_ members: Object) throws(RepairPlanError) -> RepairPlan {
    guard let id = members.textAt("plan"), let size = members.integer("size"), size >= 0,
      let created = members.textAt("created").flatMap({ Instant(iso8601: $0) })
    else { throw error("`plan`, `created` or `size` is missing") }
    var edits: [TriggerEdit] = []
    for text in members.texts("edits") {
      guard let edit = try? TriggerEdit(parsing: text) else {
        throw error("`edits` has \(text), which is no change of a trigger")
      }
      edits.append(edit)
    }
    return RepairPlan(
      id: id,
      created: created.milliseconds,
      size: UInt64(size),
      reusesReads: members.textAt("reads") == "reused",
      startsAnew: members.textAt("from") == "start",
      mappings: members.texts("map"),
      edits: edits,
      actor: members.textAt("actor")?.description ?? "",
      why: members.textAt("why")?.description,
      entries: []
    )
  }

  private mutating func begin(_ members: Object) throws(RepairPlanError) {
    guard let execution = members.textAt("execution"), let flow = members.textAt("flow"),
      let hash = members.textAt("hash"),
      let ledger = members.integer("ledger").flatMap({ UInt32(exactly: $0) })
    else { throw error("`execution`, `flow`, `hash` or `ledger` is missing") }
    entry = RepairPlan.Entry(
      execution: execution,
      flow: flow,
      hash: hash,
      ledger: ledger,
      begun: members.integer("begun").flatMap { Int(exactly: $0) } ?? 0,
      obstacle: members.textAt("obstacle")?.description
    )
    let known = members.textAt("status").flatMap { ExecutionStatus(rawValue: $0.description) }
    status = (known, members.textAt("error"))
  }

  private func effect(_ members: Object) throws(RepairPlanError) -> PlannedEffect {
    guard let step = members.textAt("step"), let card = members.textAt("card"), entry != nil,
      let action = members.textAt("action").flatMap({ RepairAction(rawValue: $0.description) }),
      let request = members["request"].flatMap({ try? RecordedValue.decodeTree($0) })
    else { throw error("`step`, `card`, `action` or `request` is missing or no such thing") }
    let before = members["before"].flatMap { $0.isNull ? nil : try? RecordedValue.decodeTree($0) }
    var effect = PlannedEffect(
      step: step,
      card: card,
      request: request,
      action: action,
      before: before,
      doubtful: members.textAt("doubtful"),
      hidden: members.texts("hidden")
    )
    effect.decision = try decision(members)
    guard effect.decision == nil || action.needsDecision else {
      throw error("nothing can be decided of an effect whose action is `\(action.rawValue)`")
    }
    return effect
  }

  private func decision(_ members: Object) throws(RepairPlanError) -> RepairDecision? {
    switch members["decision"] {
    case nil, .null?: return nil
    case .text(let word)?:
      if let decision = RepairDecision(rawValue: word.description) { return decision }
    default: break
    }
    throw error("`decision` is `send`, `skip` or null")
  }

  private mutating func close() {
    guard var entry else { return }
    if entry.obstacle == nil {
      entry.repair = PlannedRepair(
        execution: entry.execution,
        effects: effects,
        status: status.0,
        error: status.1
      )
    }
    plan?.entries.append(entry)
    self.entry = nil
    effects = []
  }
}
