internal import Values

/// What of a request must not stand in a recording.
final class RequestCover: Sendable, CustomReflectable {
  /// The request with its secrets, for the service that it goes to; nil where none goes to one.
  let sent: ConnectorRequest?
  /// What recordings keep in place of an ambient request's inputs.
  let inputs: Object?
  private let label: Text
  private let seals: ProgramSeals

  init(sent: ConnectorRequest, _ seal: CardSeal, _ seals: ProgramSeals) {
    self.sent = sent
    inputs = nil
    label = seal.label
    self.seals = seals
  }

  init(_ request: AmbientRequest, _ seal: CardSeal, _ seals: ProgramSeals) {
    sent = nil
    inputs = [Self.mark: seals.cover(.object(request.inputs), seal.label)]
    label = seal.label
    self.seals = seals
  }

  /// The key that stands in recorded requests whose inputs are covered.
  static let mark: Text = "sealed"

  /// An ambient answer as recordings keep it: a signature is as good as what it was made with.
  func shown(_ answer: Answer) -> Answer {
    guard inputs != nil, case .value(.text(let text)) = answer else { return answer }
    return .value(seals.cover(.text(text), label))
  }

  /// Nothing of what it hides.
  var customMirror: Mirror { Mirror(self, children: []) }
}
