internal import Audit
internal import Flows
internal import Replay
internal import Values

/// What is to be known of an execution before its steps: what ran, how it began, how it ended.
struct ExecutionHeader {
  private let entry: HistoryEntry
  private let end: RecordedEnd?

  init(_ entry: HistoryEntry, _ end: RecordedEnd?) {
    self.entry = entry
    self.end = end
  }

  /// Writes it to the results.
  func write() {
    let style: Style = entry.status == HistoryStatus.failed.text ? .bad : .good
    let flow = (entry.flowName ?? entry.flow ?? "").description
    let version = entry.version.map { "@\($0)" } ?? ""
    Output.line("\(style(entry.status.description))  \((flow + version).visible)")
    for (name, text) in lines { Output.line("\(name.padded(to: 11))\(text.visible)") }
  }

  private var lines: [(String, String)] {
    var lines = [("execution", entry.execution.description), ("started", started)]
    if let cause = entry.trigger { lines.append(("by event", Self.text(cause))) }
    if let parent = entry.parent {
      lines.append(("called by", "\(parent)" + (entry.callSite.map { " at \($0)" } ?? "")))
    }
    if let answer = end?.response {
      let body = answer.body == .null ? "" : "  \(Self.text(answer.body))"
      lines.append(("answered", Self.text(answer.statusCode) + body))
    }
    if let step = entry.stoppedBy {
      let message = end.map { $0.message == .null ? "" : "  \(Self.text($0.message))" } ?? ""
      lines.append(("stopped at", "\(step)\(message)"))
    }
    if entry.inDoubt > 0 {
      lines.append(
        ("in doubt", "\(entry.inDoubt) of its requests; nobody knows whether they were done")
      )
    }
    if let error = end?.error {
      lines.append(("error", "\(error.error.message)"))
      lines.append(("failed at", "\(error.path)"))
    }
    return lines
  }

  /// When it began, how, by whom, and how long it took.
  private var started: String {
    let by = entry.actor.map { " by \($0)" } ?? ""
    let took = entry.finished.map { ", took \($0 - entry.started) ms" } ?? ""
    return "\(TimeText.of(entry.started)), \(entry.mode.rawValue)\(by)\(took)"
  }

  private static func text(_ cause: RecordedCause) -> String {
    let parts = [cause.type, cause.id].compactMap { $0?.description }.filter { !$0.isEmpty }
    let actor = cause.actor.map(\.description) ?? ""
    return "\(cause.position)  " + parts.joined(separator: "  ")
      + (actor.isEmpty ? "" : "  by \(actor)")
  }

  /// A value in a line: a text as it is, anything else as JSON; a long one is cut.
  private static func text(_ value: Value) -> String {
    let text =
      if case .text(let text) = value { text.description } else {
        JSON.text(RecordedValue.encodeTree(value)).description
      }
    return text.count > 500 ? text.prefix(500) + "…" : text
  }
}
