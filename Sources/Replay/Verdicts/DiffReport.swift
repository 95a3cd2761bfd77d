public import Values

/// What comparing two versions over many executions found: counts and groups, not rows.
public struct DiffReport: Sendable {
  /// How many executions have each verdict, also of those that nobody asks to see.
  public private(set) var summary = VerdictSummary()
  /// How many executions are shown.
  public private(set) var shown = 0
  /// The events that would start the new version only.
  public var wouldStart = WouldStarts()
  /// What groups are made by.
  public let grouping: DiffGrouping
  /// What is shown.
  public let selection: VerdictSelection
  /// Which card of the new version is which of the old.
  public let alignment: Alignment

  private let cardNames: CardNames
  private var lacking = UnrecordedAnswers()
  private var found: [DiffGroup.Key: DiffGroup] = [:]

  /// Makes a report on nothing.
  ///
  /// - Parameters:
  ///   - differ: What compares.
  ///   - grouping: What groups are made by.
  ///   - selection: What is shown; the summary counts the rest too.
  public init(
    _ differ: Differ,
    groupedBy grouping: DiffGrouping = .card,
    only selection: VerdictSelection = .everything
  ) {
    alignment = differ.alignment
    cardNames = CardNames(differ.alignment)
    self.grouping = grouping
    self.selection = selection
  }

  /// Counts a result; returns whether it is shown.
  @discardableResult
  public mutating func add(_ result: DiffResult) -> Bool {
    summary.add(result)
    lacking.add(result)
    guard selection.contains(result) else { return false }
    shown += 1
    guard selection.groups(result.verdict) else { return true }
    let change = selection.leadingChange(of: result)
    let key = grouping.key(of: result, change)
    let example = DiffGroup.Example(result: result, change: change)
    guard let count = found[key]?.count else {
      found[key] = DiffGroup(key: key, name: name(key, change), count: 1, details: [example])
      return true
    }
    found[key]?.count += 1
    if count < DiffGroup.maximumExamples { found[key]?.details.append(example) }
    return true
  }

  private func name(_ key: DiffGroup.Key, _ change: Change?) -> Text {
    if let card = key.card { return alignment.name(of: card) ?? .empty }
    guard grouping == .step, let change else { return .empty }
    return cardName(ofStep: change.step)
  }
}

extension DiffReport {
  /// The groups, largest first, of equal ones by name.
  ///
  /// - Complexity: O(*n* log *n*) in the number of groups.
  public var groups: [DiffGroup] { found.values.sorted { $0.precedes($1) } }

  /// The name of the card whose step has that path; empty where it has none, or clones of a flow give it
  /// several.
  public func cardName(ofStep path: Text) -> Text { cardNames.name(ofStep: path) }

  /// The answers that recordings lack, that of the most executions first.
  ///
  /// - Complexity: O(*n* log *n*) in the number of requests, wherever they were made.
  public var unrecordedAnswers: [UnrecordedAnswer] { lacking.sorted }

  /// Whether the new version is known or suspected to do anything else, shown or not.
  public var hasFindings: Bool { wouldStart.count > 0 || summary.hasFindings }

  /// The report as the last JSON line shows it.
  public var value: Value {
    var object: Object = ["summary": summary.value]
    if !selection.items.isEmpty {
      object["only"] = .list(selection.items.map { .text(Text($0.text)) })
      object["shown"] = Value(count: shown)
    }
    object["groupBy"] = .text(Text(grouping.rawValue))
    object["groups"] = .list(groups.map(\.value))
    let unrecorded = unrecordedAnswers
    if !unrecorded.isEmpty { object["unrecorded"] = .list(unrecorded.map(\.value)) }
    object["wouldStart"] = wouldStart.value
    object["map"] = alignment.value
    return .object(object)
  }
}
