internal import Values

/// Where the cards of a body run: in which execution, and below which call site.
///
/// Frames, steps and requests of a body share one.
final class Scope: Sendable {
  let execution: Execution
  /// What step paths put before the ids of the body's cards.
  let pathPrefix: Text

  init(_ execution: Execution, pathPrefix: Text) {
    self.execution = execution
    self.pathPrefix = pathPrefix
  }

  /// The chain of call sites from the root execution to a card of the body.
  func path(of card: Text) -> Text {
    pathPrefix.isEmpty ? card : Text(wtf8: pathPrefix.bytes + card.bytes)
  }
}
