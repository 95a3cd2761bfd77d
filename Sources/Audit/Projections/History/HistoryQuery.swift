public import EventStore
public import Replay
public import Values

/// Which executions a reader of the history asks for; what is nil does not limit.
public struct HistoryQuery: Hashable, Sendable {
  /// The flow, by id or name.
  public var flow: Text?
  /// A name under which the flow is meant too, since Okta's log calls flows by other ids than exports.
  public var flowName: Text?
  /// The number of the flow's version.
  public var version: Int?
  /// How they stand.
  public var status: HistoryStatus?
  /// Where the execution comes from.
  public var mode: ExecutionMode?
  /// The earliest beginning, in milliseconds since 1970.
  public var since: Int64?
  /// The time before which it began.
  public var until: Int64?
  /// The event that started it, by its place in the log.
  public var trigger: Position?
  /// The event that started it, by its own id.
  public var triggerID: Text?
  /// Who started it.
  public var actor: Text?
  /// Which executions of a tree are asked for.
  public var depth = Depth.roots
  /// Only executions with requests in doubt.
  public var isInDoubt = false
  /// The most entries.
  public var limit = Int.max

  /// Which executions of a tree are asked for.
  public enum Depth: Hashable, Sendable {
    /// The root alone.
    case roots
    /// Helpers and items of lists too.
    case all
  }

  /// Asks for every root.
  public init() {}
}

extension HistoryQuery {
  /// Whether a row is of no execution that is asked for, told before its root is looked up: most rows are of
  /// called executions.
  func excludes(_ row: Object) -> Bool { depth == .roots && row.textAt("parent") != nil }

  func matches(_ entry: HistoryEntry) -> Bool {
    if depth == .roots, entry.parent != nil { return false }
    guard matchesFlow(of: entry) else { return false }
    if let version, version != entry.version { return false }
    if let status, status.text != entry.status { return false }
    if isInDoubt, entry.inDoubt == 0 { return false }
    if let mode, mode != entry.mode { return false }
    if let since, entry.started < since { return false }
    if let until, entry.started >= until { return false }
    if let trigger, trigger != entry.trigger?.position { return false }
    if let triggerID, triggerID != entry.trigger?.id { return false }
    if let actor, actor != entry.actor, actor != entry.trigger?.actor { return false }
    return true
  }

  private func matchesFlow(of entry: HistoryEntry) -> Bool {
    let wanted = [flow, flowName].compactMap(\.self)
    guard !wanted.isEmpty else { return true }
    return wanted.contains { $0 == entry.flowName } || flow.map { $0 == entry.flow } ?? false
  }
}
