/// Something in a store that is not as it must be.
public struct Problem: Hashable, Sendable {
  /// What kind of thing is wrong.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// An event is missing or its row does not decode.
    case unreadableEvent = "unreadable-event"
    /// The hash over an event's bytes is not its leaf.
    case alteredEvent = "altered-event"
    /// The tree over the leaves is not the one the head names.
    case alteredTree = "altered-tree"
    /// A link points nowhere, or to a later event.
    case brokenLink = "broken-link"
    /// An index row does not say what the events say.
    case wrongIndex = "wrong-index"
    /// A view is not what the events give.
    case wrongView = "wrong-view"
    /// The file's own pages are not as they were written: its two meta pages, a table's row count, or
    /// the keys that lead to rows.
    case alteredFile = "altered-file"
    /// A stored value does not decode.
    case unreadableValue = "unreadable-value"
  }

  /// The kind.
  public let kind: Kind
  /// The position it concerns, where there is one.
  public let position: Position?
  /// What was found, without the contents of events.
  public let detail: String

  init(_ kind: Kind, at position: UInt64? = nil, _ detail: String) {
    self.kind = kind
    self.position = position.map(Position.init)
    self.detail = detail
  }
}
