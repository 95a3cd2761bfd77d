internal import Replay
internal import Values

/// The report on a comparison: a function of what was found alone, so that the same comparison of the same
/// log is the same file, byte for byte.
struct ComparisonReport {
  let versions: ComparedVersions
  let found: DiffReport
  /// What the comparison rests on.
  let coverage: String
  /// What became of the gate, where there is one.
  var gate: GateOutcome?

  /// All of it.
  var report: Report {
    Report(
      title: .line(.code(versions.before.label), " → ", .code(versions.after.label)),
      head: (gate?.blocks ?? []) + [.paragraph(sentence)] + table + narrowing,
      groupsTitle: "What differs",
      groups: found.groups.map { ReportGroup($0, in: found) },
      tail: unrecorded + wouldStart + skipped + cards + compared
    )
  }
}

// MARK: - Before the groups

extension ComparisonReport {
  private var sentence: ReportText {
    let summary = found.summary
    guard summary.total > 0 else { return "Nothing was compared." }
    let executions = summary.total == 1 ? "1 execution" : "\(summary.total) executions"
    return .line("\(executions): ", .strong(summary.sentence), ".")
  }

  /// Verdicts and how certain they are.
  private var table: [ReportBlock] {
    let summary = found.summary
    guard summary.total > 0 else { return [] }
    var rows = Verdict.allCases.map { verdict in
      let proofs = Proof.allCases.map { proof in
        verdict == .skipped ? "" : String(summary.count(of: verdict, proof))
      }
      return ReportTable.Row(
        verdict: verdict,
        cells: [verdict.rawValue, String(summary.counts[verdict] ?? 0)] + proofs
      )
    }
    rows.append(
      ReportTable.Row(
        verdict: nil,
        cells: ["all", String(summary.total)] + Proof.allCases.map { String(summary.count($0)) }
      )
    )
    let titles = ["verdict", "executions"] + Proof.allCases.map(\.rawValue)
    return [
      .table(ReportTable(titles: titles, rows: rows)),
      .paragraph(
        .line(
          "What is ",
          .proof(.proven),
          " rests on recorded answers alone; for what is ",
          .proof(.assumed),
          ", an answer came from elsewhere, or a write was taken as succeeded; for what is ",
          .proof(.partial),
          ", something compared is unknown."
        )
      ),
    ]
  }

  /// What of all that is shown.
  private var narrowing: [ReportBlock] {
    let items = found.selection.items
    guard !items.isEmpty else { return [] }
    let words = items.map(\.text).joined(separator: ", ")
    return [
      .paragraph(
        .line("Below are \(found.shown) of them: ", .strong(words), ". The table counts all.")
      )
    ]
  }
}

// MARK: - Behind the groups

extension ComparisonReport {
  private static let mostAnswers = 30

  /// What the verdicts rest on that no recording has.
  private var unrecorded: [ReportBlock] {
    let answers = found.unrecordedAnswers
    guard !answers.isEmpty else { return [] }
    let items = answers.prefix(Self.mostAnswers).map { answer -> ReportText in
      .line(
        "\(answer.executions) × ",
        .code(answer.request),
        " at ",
        .code(answer.step),
        ": \(answer.words)"
      )
    }
    return [
      .heading("Answers that no recording has"),
      .list(items + Self.more(answers.count - Self.mostAnswers)),
    ]
  }

  private var wouldStart: [ReportBlock] {
    let events = found.wouldStart
    guard events.count > 0 else { return [] }
    let items = events.examples.map { event in
      var text: ReportText = "position \(event.position)"
      if let type = event.type { text += .line(", ", .code(type)) }
      if let id = event.id { text += .line(", id ", .code(id)) }
      return text
    }
    let what = events.count == 1 ? "1 event" : "\(events.count) events"
    return [
      .heading("Would start"),
      .paragraph("\(what) would start the new version, and did not start the old."),
      .list(items + Self.more(events.count - items.count)),
    ]
  }

  private var skipped: [ReportBlock] {
    let summary = found.summary
    let reasons = SkipReason.allCases.compactMap { reason in
      summary.reasons[reason].map { ReportText("\($0) × \(reason.sentence)") }
    }
    var blocks: [ReportBlock] = []
    if !reasons.isEmpty { blocks += [.heading("Skipped"), .list(reasons)] }
    if summary.otherEngine > 0 {
      let count = summary.otherEngine
      let what = count == 1 ? "1 execution was" : "\(count) executions were"
      blocks.append(.paragraph("\(what) recorded by another engine."))
    }
    return blocks
  }

  private static let mostCards = 30

  /// The cards that are not the same in both versions.
  private var cards: [ReportBlock] {
    let alignment = found.alignment
    func named(_ id: CardID, _ words: String) -> ReportText {
      .line(.code(alignment.name(of: id) ?? .empty), " \(words) (", .code(id.text), ")")
    }
    let differing = alignment.matches.compactMap { match -> ReportText? in
      let words = match.words
      return words.isEmpty ? nil : named(match.new, words.joined(separator: ", "))
    }
    let items =
      differing + alignment.added.map { named($0, "added") }
      + alignment.removed.map { named($0, "removed") }
    guard !items.isEmpty else { return [] }
    return [
      .heading("Cards that differ"),
      .list(items.prefix(Self.mostCards) + Self.more(items.count - Self.mostCards)),
    ]
  }

  private var compared: [ReportBlock] {
    func version(_ word: String, _ version: ComparedVersions.Version) -> ReportText {
      .line(
        "\(word): ",
        .code(version.label),
        ", flow ",
        .code(version.flow),
        ", hash ",
        .code(version.hash)
      )
    }
    var items = [version("old", versions.before), version("new", versions.after)]
    if let chosen = versions.chosenBy {
      items.append(.line("only executions chosen by ", .code(chosen, room: 400)))
    }
    if versions.runsEverything { items.append("every execution was run") }
    if let answers = versions.answers {
      items.append(.line("answers that no recording has: ", .code(answers)))
    }
    items += versions.map.map { .line("taken for the same card: ", .code($0)) }
    items.append("groups by \(found.grouping.rawValue)")
    return [.heading("What was compared"), .list(items), .paragraph(ReportText(coverage))]
  }

  private static func more(_ count: Int) -> [ReportText] {
    count > 0 ? ["… and \(count) more"] : []
  }
}

extension CardMatch {
  /// What is not the same; nothing for a card that is.
  fileprivate var words: [String] {
    var words: [String] = []
    if isEdited { words.append("edited") }
    if isRewired { words.append("rewired") }
    if isMoved { words.append("moved") }
    switch origin {
    case .uuid: break
    case .structure: words.append("re-created")
    case .given: words.append("taken for another")
    }
    return words
  }
}
