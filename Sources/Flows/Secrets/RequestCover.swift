internal import Values

/// What of a request must not stand in a recording.
final class RequestCover: Sendable, CustomReflectable {
  /// The request with its secrets, for the service that it goes to; nil where none goes to one.
  let sent: ConnectorRequest?
  /// What recordings keep in place of an ambient request's inputs.
  let inputs: Object?
  private let label: Text
  private let taint: ProgramTaint

  init(sent: ConnectorRequest, _ own: CardTaint, _ taint: ProgramTaint) {
    self.sent = sent
    inputs = nil
    label = own.label
    self.taint = taint
  }

  init(_ request: AmbientRequest, _ own: CardTaint, _ taint: ProgramTaint) {
    sent = nil
    inputs = [Self.mark: taint.cover(.object(request.inputs), own.label)]
    label = own.label
    self.taint = taint
  }

  /// The key that stands in recorded requests whose inputs are covered.
  static let mark: Text = "covered"

  /// An ambient answer as recordings keep it: a signature is as good as what it was made with.
  func shown(_ answer: Answer) -> Answer {
    guard inputs != nil, case .value(.text(let text)) = answer else { return answer }
    return .value(taint.cover(.text(text), label))
  }

  /// Nothing of what it hides.
  var customMirror: Mirror { Mirror(self, children: []) }
}
