public import Values

/// What happens when a card fails.
public enum ErrorPolicy: Sendable {
  /// The flow stops with the error.
  case stop
  /// The flow stops with the error, whose message the card's input `message` may replace.
  case stopWithMessage
  /// Another flow is told, then the flow stops with the error.
  case tell(flow: Text)
  /// The inline flow runs and the flow continues; only *If Error* has it.
  case handler(FlowBody)
}
