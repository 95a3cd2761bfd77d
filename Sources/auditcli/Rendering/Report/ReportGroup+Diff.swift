internal import Replay
internal import Values

extension ReportGroup {
  /// A group of a comparison, with all that is known of its examples.
  init(_ group: DiffGroup, in report: DiffReport) {
    self.init(
      title: .line("\(group.count) × ", group.title(in: report)),
      verdict: group.key.verdict,
      examples: group.details.map { ReportExample($0, of: group, in: report) },
      rest: group.count - group.details.count
    )
  }
}

extension DiffGroup {
  /// What the executions have in common.
  fileprivate func title(in report: DiffReport) -> ReportText {
    switch report.grouping {
    case .card:
      guard key.card != nil else { return .line(outcome, " · no edited card reached") }
      return .line(outcome, " · ", .code(name))
    case .step:
      guard let step = key.step else { return .line(outcome, " · no step differs") }
      if step.isEmpty { return .line(outcome, " · the execution itself") }
      if name.isEmpty { return .line(outcome, " · ", .code(step)) }
      return .line(outcome, " · ", .code(name), " at ", .code(step))
    case .kind: return ReportText(key.kind?.rawValue ?? "no change")
    case .connector: return key.connector.map { .code($0) } ?? "no request differs"
    case .verdict: return outcome
    }
  }

  /// The verdict, and the kind of change where there is one.
  private var outcome: ReportText {
    .line(
      key.verdict.map { .verdict($0) } ?? "",
      key.kind.map { " (\($0.rawValue))" } ?? ""
    )
  }
}

extension ReportExample {
  private static let mostChanges = 12
  private static let mostRemarks = 8

  fileprivate init(_ example: DiffGroup.Example, of group: DiffGroup, in report: DiffReport) {
    let result = example.result
    var title = ReportText.code(result.execution)
    if group.key.verdict == nil { title += .line(" ", .verdict(result.verdict)) }
    if let proof = result.proof { title += .line(" ", .proof(proof)) }
    var blocks = Self.changes(result, leading: example.change, report)
    if let reason = result.skipReason?.sentence ?? result.obstacle {
      blocks.append(.paragraph(.code(reason, room: 400)))
    }
    blocks += Self.remarks(of: result)
    self.init(title: title, blocks: blocks)
  }

  /// The leading change, then the others in the order of execution.
  private static func changes(
    _ result: DiffResult,
    leading: Change?,
    _ report: DiffReport
  ) -> [ReportBlock] {
    var changes = result.changes
    if let leading, let place = changes.firstIndex(of: leading) {
      changes.remove(at: place)
      changes.insert(leading, at: 0)
    }
    let shown = changes.prefix(mostChanges).flatMap { change -> [ReportBlock] in
      [
        .paragraph(.change(change, inCard: report.cardName(ofStep: change.step))),
        .difference(DifferenceLine.lines(of: change)),
      ]
    }
    guard changes.count > mostChanges else { return shown }
    return shown + [.paragraph("… and \(changes.count - mostChanges) more changes")]
  }

  /// What is missing, was assumed and could not be compared, and what to know besides.
  private static func remarks(of result: DiffResult) -> [ReportBlock] {
    let lists: [[ReportText]] = [
      result.missing.map { missing in
        .line("no answer to ", .code(missing.name), " at ", .code(missing.step))
      },
      result.assumptions.map { assumption in
        .line(
          "assumed: ",
          .code(assumption.request),
          " \(assumption.words) at ",
          .code(assumption.step)
        )
      },
      result.notCompared.map { place in
        let text = ReportText.line("not compared: ", .code(place.step))
        return place.path.isEmpty ? text : .line(text, " ", .code(place.path))
      },
      result.notes.map { .line("note: ", .code($0)) },
      result.otherEngine.map { [.line("recorded by the engine ", .code($0))] } ?? [],
    ]
    let items = lists.flatMap { items -> [ReportText] in
      guard items.count > mostRemarks else { return items }
      return items.prefix(mostRemarks) + ["… and \(items.count - mostRemarks) more such"]
    }
    return items.isEmpty ? [] : [.list(items)]
  }
}
