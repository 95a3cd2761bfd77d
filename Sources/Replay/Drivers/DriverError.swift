public import Flows
public import Values

/// What ends a run from outside the flow, so that nothing in the flow can handle it.
public enum DriverError: Error, Hashable {
  /// Nobody has the answer to a step's request.
  case unanswered(UnansweredRequest)
  /// A table's changes were read back in a form that no program writes.
  case damagedTable(Text)
}

extension DriverError {
  /// The kind of error of an execution that ended because nobody answered a request.
  static let unansweredKind = CardErrorKind.other("Unanswered Request")

  /// The error that the execution is recorded with.
  public var cardError: CardError {
    switch self {
    case .unanswered(let request):
      CardError(
        kind: Self.unansweredKind,
        message: Text("Nobody answers \(request.method), which the card asks for.")
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
    case .damagedTable(let table):
      "the table \(table) cannot be read. Run `auditcli verify --deep`."
    }
  }
}
