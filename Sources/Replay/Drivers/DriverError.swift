public import Flows
public import Values

/// What ends a run from outside the flow, so that nothing in the flow can handle it.
public enum DriverError: Error, Hashable {
  /// Nobody has the answer to a step's request.
  case unanswered(UnansweredRequest)
  /// No service answers a step's request: a description or a connection is missing.
  case noService(card: Text, path: Text, reason: String)
  /// A repair came to a write that its plan does not have.
  case notPlanned(card: Text, path: Text, method: ConnectorMethod)
  /// A table's changes were read back in a form that no program writes.
  case damagedTable(Text)
}

extension DriverError {
  /// The kind of error of an execution that ended because nobody answered a request.
  static let unansweredKind = CardErrorKind.other("Unanswered Request")

  /// The kind of error of a repair that ended before it sent what was not planned.
  static let notPlannedKind = CardErrorKind.other("Not Planned")

  /// The error that the execution is recorded with.
  public var cardError: CardError {
    switch self {
    case .unanswered(let request):
      CardError(
        kind: Self.unansweredKind,
        message: Text("Nobody answers \(request.method), which the card asks for.")
      )
    case .noService(let card, _, let reason):
      CardError(
        kind: Self.unansweredKind,
        message: Text("No service answers the card \"\(card)\": \(reason).")
      )
    case .notPlanned(let card, _, let method):
      CardError(
        kind: Self.notPlannedKind,
        message: Text("The card \"\(card)\" would send \(method) in another way than was planned.")
      )
    case .damagedTable(let table):
      CardError(kind: .invalidFlow, message: Text("The table \(table) cannot be read."))
    }
  }
}

extension DriverError: CustomStringConvertible {
  /// What is true and what to do.
  public var description: String {
    switch self {
    case .unanswered(let request): request.description
    case .noService(let card, let path, let reason):
      "no service answers the card \"\(card)\" at \(path): \(reason)"
    case .notPlanned(let card, let path, let method):
      "the card \"\(card)\" at \(path) would send \(method) in another way than was planned; it was not sent. "
        + "Plan the repair anew."
    case .damagedTable(let table):
      "the table \(table) cannot be read. Run `auditcli verify --deep`."
    }
  }
}
