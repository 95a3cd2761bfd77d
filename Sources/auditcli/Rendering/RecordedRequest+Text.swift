internal import Flows
internal import Replay
internal import Values

extension RecordedRequest {
  /// What was asked, in a word.
  var asked: String { method.map { "\($0)" } ?? "the passing of time" }

  /// What was asked with, a line for each option and input that is not empty, for whoever has to look.
  var lines: [String] {
    guard let request = ConnectorRequest(recorded: request) else { return [] }
    let named =
      request.options.map { (name: "parameters/\($0.key)", value: $0.value) }
      + request.inputs.map { (name: "\($0.key)", value: $0.value) }
    return named.compactMap { name, value in
      if value.isNull || value == .text(.empty) { return nil }
      let text = if case .text(let text) = value { text } else { JSON.text(value) }
      return "\(name): \(text.description.prefix(300))"
    }
  }
}
