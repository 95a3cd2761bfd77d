public import Values

extension EffectRequest {
  /// The request to a service with the secrets in it; recordings, scripts and messages have ``ask``, which
  /// names them.
  public var sentRequest: ConnectorRequest? { cover?.sent ?? connectorRequest }

  /// Whether anything in the request was computed from a secret.
  public var holdsSecrets: Bool { cover != nil }

  /// The inputs of an ambient request as recordings keep them; nil for a request to a connector.
  public var recordedAmbientInputs: Object? {
    guard case .ambient(let request) = ask else { return nil }
    return cover?.inputs ?? request.inputs
  }

  /// The answer as recordings keep it.
  public func recorded(_ answer: Answer) -> Answer { cover?.shown(answer) ?? answer }

  /// Whether a recorded answer is one in name only, since it was computed from a secret.
  public func isCovered(_ answer: Answer) -> Bool {
    guard cover?.inputs != nil, case .value(.text(let text)) = answer else { return false }
    return text.hasPrefix(SecretReference.beginning)
  }

  /// The texts that a service is sent in place of those that recordings keep, long enough to be known again in
  /// what it answers.
  public var hiddenTexts: [Text] {
    guard let sent = cover?.sent, let shown = connectorRequest else { return [] }
    var found: [Text] = []
    for (own, known) in [(sent.inputs, shown.inputs), (sent.options, shown.options)] {
      for (key, value) in own where known[key] != value { value.addTexts(to: &found) }
    }
    return found
  }
}

extension Value {
  /// Whether a recorded request of a step was covered.
  public var isCoveredRequest: Bool {
    guard case .object(let request) = self, case .object(let inputs)? = request["inputs"] else {
      return false
    }
    return request["connector"] == nil && inputs[RequestCover.mark] != nil
  }

  fileprivate func addTexts(to found: inout [Text]) {
    switch self {
    case .text(let text): if text.bytes.count >= 16 { found.append(text) }
    case .list(let items): for item in items { item.addTexts(to: &found) }
    case .object(let object): for (_, member) in object { member.addTexts(to: &found) }
    case .null, .boolean, .number, .date, .file, .unknown: break
    }
  }
}
