/// The verdicts that somebody asks to see, and of some of them only certain kinds of change.
public struct VerdictSelection: Hashable, Sendable {
  /// One verdict, with a kind of change or with any: `broken`, `changed:arguments`.
  public struct Item: Hashable, Sendable {
    /// The verdict.
    public let verdict: Verdict
    /// The kind that one of the changes has; nil where they do not matter.
    public let kind: ChangeKind?

    /// Reads a verdict, or a verdict and a kind with a colon between; nil where it is neither.
    public init?(parsing word: String) {
      let parts = word.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
      guard parts.count <= 2, let verdict = Verdict(rawValue: parts[0]) else { return nil }
      self.verdict = verdict
      guard parts.count == 2 else {
        kind = nil
        return
      }
      guard let kind = ChangeKind(rawValue: parts[1]) else { return nil }
      self.kind = kind
    }

    /// The item as it is written.
    public var text: String {
      kind.map { "\(verdict.rawValue):\($0.rawValue)" } ?? verdict.rawValue
    }
  }

  /// Everything.
  public static let everything = VerdictSelection([])

  /// What is asked for; nothing means everything.
  public let items: [Item]

  /// Makes a selection; of no items it is everything.
  public init(_ items: [Item]) {
    self.items = items
  }
}

extension VerdictSelection {
  /// Whether a result is asked for.
  public func contains(_ result: DiffResult) -> Bool {
    items.isEmpty
      || items.contains { item in
        item.verdict == result.verdict
          && (item.kind.map { kind in result.changes.contains { $0.kind == kind } } ?? true)
      }
  }

  /// The first change that is asked for: of a kind, where kinds of the verdict are.
  public func leadingChange(of result: DiffResult) -> Change? {
    let meant = items.filter { $0.verdict == result.verdict }
    let kinds = Set(meant.compactMap(\.kind))
    // A verdict that is asked for by itself too has all its changes.
    guard !kinds.isEmpty, kinds.count == Set(meant).count else { return result.changes.first }
    return result.changes.first { kinds.contains($0.kind) }
  }

  /// Whether results with a verdict are put into groups: those asked for, else all that are not plainly
  /// the same.
  func groups(_ verdict: Verdict) -> Bool {
    if items.isEmpty { return verdict.isFinding || verdict == .equivalent }
    return items.contains { $0.verdict == verdict }
  }
}
