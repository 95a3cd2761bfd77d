internal import Flows
internal import Replay
internal import Values

/// What somebody says of a request of which nobody else knows whether it was done.
struct ResumeWord {
  /// The request that they looked at: `STEP@N`, as doubts name it.
  let request: String
  /// What the card gives, for a request that was done; nil for one that was not.
  let outputs: Object?

  /// What a request is called: the path of its step and how many events the recording had.
  static func name(_ open: OpenRequest, _ cut: CutRun) -> String { "\(open.path)@\(cut.length)" }

  /// The word, if it is about the request that is open.
  ///
  /// - Throws: `Failure` where it is not, or where outputs are missing or not the card's.
  func resolved(_ cut: CutRun, _ program: Program) throws -> Resumption.Word {
    guard let open = cut.open, open.request.method != nil else {
      throw Failure("no request of \(cut.header.execution) is in doubt; take it up without a word")
    }
    let name = Self.name(open, cut)
    guard request == name else {
      throw Failure(
        "\(request) is not the request that is open, which is \(name): look whether it is the one you mean"
      )
    }
    guard let outputs else { return .notSent }
    guard let card = program.connectorOutputs(of: open.card) else {
      throw Failure("the flow has no card \(open.card)")
    }
    guard !card.streams else {
      throw Failure(
        "the card hands records to a flow, which cannot be told; --give-up ends the run"
      )
    }
    return .sent(outputs: try read(outputs, card))
  }

  private func read(_ outputs: Object, _ card: Program.ConnectorOutputs) throws -> Object {
    let names = card.declared.map(\.name.text)
    if let unknown = outputs.keys.first(where: { !names.contains($0) }) {
      throw Failure(
        "the card gives no \"\(unknown)\"; it gives "
          + names.map { "\"\($0)\"" }.joined(separator: ", ")
      )
    }
    let missing = card.wired.filter { outputs[$0] == nil }
    guard missing.isEmpty else {
      throw Failure(
        "later cards read what this one gives: tell it with --outputs, a JSON object with "
          + missing.map { "\"\($0)\"" }.joined(separator: ", ")
      )
    }
    var read = Object()
    for (field, name) in zip(card.declared, names) {
      guard let given = outputs[name] else { continue }
      let value = Coercion.read(given, as: field.type)
      guard field.type.isOf(value) else {
        throw Failure("\"\(name)\" cannot be \(JSON.text(given)): the card declares another type")
      }
      read[name] = value
    }
    return read
  }
}

extension DeclaredType {
  /// Whether a value that was read as the type is of it.
  fileprivate func isOf(_ value: Value) -> Bool {
    switch (self, value) {
    case (_, .null), (.string, .text), (.number, .number), (.boolean, .boolean), (.date, .date),
      (.object, _), (.schema, .object), (.list, .list), (.file, .file), (.any, _):
      true
    default: false
    }
  }
}
