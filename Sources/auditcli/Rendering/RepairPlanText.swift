internal import Audit
internal import Flows
internal import Replay
internal import Values

/// A plan of repairs as people read it.
struct RepairPlanText {
  private let plan: RepairPlan

  init(_ plan: RepairPlan) {
    self.plan = plan
  }

  /// Writes the counts, and each execution with its effects where details are wanted; as JSON the lines of the plan.
  func write(_ global: GlobalOptions, details: Bool) {
    guard !global.json else {
      for line in plan.lines() { Output.json(line) }
      return
    }
    Output.line(sentence)
    for edit in plan.edits { Output.line("started with \(edit.text)".visible) }
    let sent = plan.entries.flatMap { $0.repair?.effects ?? [] }.filter(\.isSent)
    for (name, count) in Self.counted(sent) { Output.line("    \(count) × \(name.visible)") }
    if details { for entry in plan.entries { write(entry) } }
  }

  private var sentence: String {
    let counts = plan.counts
    func count(_ action: RepairAction) -> Int {
      guard case .number(let count)? = counts[Text(action.rawValue)] else { return 0 }
      return Int(count)
    }
    let able = plan.entries.count { !$0.wantsAttention }
    var parts = ["\(able) of \(plan.entries.count) can be repaired as planned"]
    parts.append("\(count(.send)) effects to send, \(count(.reuse)) reused")
    for action in RepairAction.allCases where action != .send && action != .reuse {
      if count(action) > 0 { parts.append("\(count(action)) \(action.rawValue)") }
    }
    return parts.joined(separator: "; ")
  }

  /// How often each effect is sent, the most frequent first.
  private static func counted(_ effects: [PlannedEffect]) -> [(String, Int)] {
    var counts: [String: Int] = [:]
    for effect in effects { counts[effect.name?.description ?? "", default: 0] += 1 }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
  }

  private func write(_ entry: RepairPlan.Entry) {
    Output.line("")
    let name = "\(entry.execution)  \(entry.flow.description.visible)"
    guard let repair = entry.repair else {
      Output.line("\(name)  \(Style.notable("cannot be repaired"))")
      return Output.line("    \(entry.obstacle?.visible ?? "")")
    }
    Output.line("\(name)  \(Self.end(of: repair))")
    if let error = repair.error { Output.line("    \(error.description.visible)") }
    for effect in repair.effects { write(effect) }
  }

  private static func end(of repair: PlannedRepair) -> String {
    switch repair.status {
    case nil: Style.notable("how it ends depends on answers that nobody has")
    case .failed: Style.bad("would fail again")
    case .some(let status):
      Style.good(status == .succeeded ? "would succeed" : "would end: \(status.rawValue)")
    }
  }

  private func write(_ effect: PlannedEffect) {
    let decision =
      effect.decision.map { ": \($0.rawValue)" } ?? (effect.action.needsDecision ? ": decide" : "")
    let action = effect.action.rawValue + decision
    let style: Style = effect.isOpen ? .notable : effect.isSent ? .strong : .faint
    Output.line(
      "    \(style(action))  \(effect.card.description.visible)  \(effect.name?.description.visible ?? "")"
    )
    guard effect.action != .reuse else { return }
    for line in Self.lines(effect.request) { Output.line("        \(line.visible)") }
    guard let before = effect.before else { return }
    Output.line("      in its place was done:")
    for line in Self.lines(before) { Output.line("        \(line.visible)") }
  }

  private static func lines(_ request: Value) -> [String] {
    RecordedRequest(request: request, hash: RequestHash(request)).lines
  }
}
