internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Flows
internal import Replay
internal import Values

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "An execution with its steps, or an event by its position.",
    discussion: """
      A called execution is shown like any other; `history --tree` lists them, and so does a card \
      that called some. An id's first characters are enough, from four on, where no other begins so.

      EXAMPLES
        auditcli show 41
        auditcli show 8d2f1c3e-… --tree
        auditcli show 8d2f
      """
  )

  @OptionGroup var global: GlobalOptions

  @Argument(
    help: ArgumentHelp(
      "An execution's id or the beginning of it, or an event's position.",
      valueName: "x"
    )
  )
  var subject: String

  @Flag(help: "The steps of called flows and loop items too.")
  var tree = false

  func run() throws {
    let log = try global.openForReading()
    if let position = UInt64(subject), let event = try log.event(at: Position(position)) {
      Output.bytes(ExportLine.bytes(event))
    } else if let entry = try HistoryView(log).execution(named: subject) {
      try show(entry, log)
    } else if UInt64(subject) != nil {
      throw Failure("the log ends before position \(subject)")
    } else {
      throw Failure("there is no execution \(subject). `auditcli history` lists them.")
    }
    Coverage(size: try log.size().count).write(json: global.json)
  }

  private func show(_ entry: HistoryEntry, _ log: EventLog) throws {
    guard let recording = try RecordingReader(log).recording(of: entry.root) else {
      if !global.json { ExecutionHeader(entry, nil).write() }
      return Output.message("Okta ran it, and tells of no steps.")
    }
    let shown = tree ? recording.below(entry.execution) : [entry.execution]
    let steps = recording.steps.filter { shown.contains($0.execution) }
    let open = recording.openRequests.filter { shown.contains($0.execution) }
    guard !global.json else {
      for step in steps { Output.json(Self.line(step)) }
      for open in open { Output.json(Self.line(open)) }
      for resumed in recording.resumptions { Output.json(Self.line(resumed)) }
      return
    }
    ExecutionHeader(entry, recording.execution(entry.execution)?.end).write()
    for resumed in recording.resumptions { Output.line("resumed    \(Self.text(resumed).visible)") }
    Output.line("")
    var table = TextTable("STEP", "CARD", "STATUS", "OUTPUTS")
    for step in steps {
      let result = step.error.map { $0.error.message.description }
      table.add(
        step.path.description,
        step.name.description,
        step.status.rawValue,
        result ?? JSON.text(.object(step.outputs)).description
      )
      table.note(callees(of: step) + step.remarks)
    }
    for open in open {
      table.add(open.path.description, open.request.asked, "requested", "")
      table.note([Self.remark(on: open)])
    }
    table.write()
  }

  /// A line for each execution that a step called; of many the first, unless all are shown.
  private func callees(of step: RecordedStep) -> [String] {
    let named = tree ? step.callees[...] : step.callees.prefix(3)
    let rest = step.callees.count - named.count
    return named.map { "called \($0)" } + (rest > 0 ? ["… and \(rest) more"] : [])
  }

  private static func remark(on open: OpenRequest) -> String {
    open.request.method == nil
      ? "The wait began, and its end is not recorded."
      : "The request is on disk and may have gone out; no answer is recorded."
  }

  /// When a run was taken up, by whom, what was decided about which step, and why.
  private static func text(_ resumed: Recording.Resumed) -> String {
    let resumption = resumed.resumption
    var text = TimeText.of(resumed.time)
    if let actor = resumption.actor { text += " by \(actor)" }
    if let step = resumption.step { text += ": \(words(resumption.decision)) at \(step)" }
    if let reason = resumption.reason { text += ", \"\(reason)\"" }
    return text
  }

  private static func words(_ decision: RecordedResumption.Decision) -> String {
    switch decision {
    case .none: "went on"
    case .again: "sent again"
    case .found: "found done"
    case .missing: "found not done, sent"
    case .sent: "said to be done"
    case .notSent: "said not to be done, sent"
    case .givenUp: "given up"
    }
  }

  private static func line(_ resumed: Recording.Resumed) -> Object {
    let resumption = resumed.resumption
    var told: Object = [
      "time": .text(Instant(milliseconds: resumed.time).iso8601),
      "decision": .text(Text(resumption.decision.rawValue)),
    ]
    told["actor"] = resumption.actor.map { .text($0) } ?? .null
    told["why"] = resumption.reason.map { .text($0) } ?? .null
    told["step"] = resumption.step.map { .text($0) } ?? .null
    return ["execution": .text(resumption.execution), "resumed": .object(told)]
  }

  private static func line(_ open: OpenRequest) -> Object {
    [
      "execution": .text(open.execution), "step": .text(open.path), "card": .text(open.card),
      "address": .text(Text(open.request.asked)), "name": "", "status": "requested",
      "inputs": [:], "outputs": [:], "error": .null, "effect": open.request.request,
      "remarks": [.text(Text(Self.remark(on: open)))],
    ]
  }

  private static func line(_ step: RecordedStep) -> Object {
    [
      "execution": .text(step.execution), "step": .text(step.path), "card": .text(step.card),
      "address": .text(step.address), "name": .text(step.name),
      "status": .text(Text(step.status.rawValue)), "inputs": .object(step.shownInputs),
      "outputs": .object(step.outputs), "error": step.error.map { .object($0.value) } ?? .null,
      "effect": step.requests.last.map { $0.request } ?? .null,
      "remarks": .list(step.remarks.map { .text(Text($0)) }),
    ]
  }
}

extension Recording {
  /// An execution and all that run below it.
  fileprivate func below(_ execution: Text) -> Set<Text> {
    // Who calls begins before who is called.
    executions.reduce(into: [execution]) { found, next in
      if let parent = next.parent, found.contains(parent) { found.insert(next.id) }
    }
  }
}
