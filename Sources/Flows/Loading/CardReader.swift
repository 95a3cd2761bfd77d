internal import Values

/// Reads one card of an export.
struct CardReader {
  let node: ExportNode
  let uuid: Text

  func read() throws(FlowLoadError) -> CardDraft {
    let address = try node.member("address").text()
    let kind = CardKind(exported: address)
    let model = try node.member("node").member("model")
    let inputs = try FieldReader(node: model.member("inputs")).inputs()
    let outputs = try FieldReader(node: model.member("outputs")).outputs()
    let policy = try errorPolicy(in: model, kind: kind)
    try requireInlineFlows(kind: kind, inputs: inputs, policy: policy)
    return CardDraft(
      node: node,
      uuid: uuid,
      kind: kind,
      address: address,
      name: try name(in: model) ?? Text(kind.description),
      note: try note(in: model),
      inputs: inputs,
      outputs: outputs,
      errorPolicy: policy,
      retry: try retry(in: model),
      connection: try model.optionalText("config"),
      joins: try joins(inputs: inputs, outputs: outputs),
      isEvent: try model.isTrue("webhook"),
      isEventBatch: try model.isTrue("webhookList")
    )
  }

  private func name(in model: ExportNode) throws(FlowLoadError) -> Text? {
    if let name = try node.member("node").optionalMember("data")?.optionalText("name") {
      return name
    }
    return try model.optionalMember("metadata")?.optionalText("name")
  }

  /// What the author wrote beside the card, as exports keep it: a text, or a title and a text.
  private func note(in model: ExportNode) throws(FlowLoadError) -> Text {
    guard let comments = try model.optionalMember("comments") else { return .empty }
    if case .text(let text) = comments.value { return text }
    guard case .object(let comment) = comments.value else { return .empty }
    let parts = (["title", "markdown"] as [Text]).compactMap { key -> Text? in
      guard case .text(let text)? = comment[key], !text.isEmpty else { return nil }
      return text
    }
    return Text.joined(parts, separator: "\n")
  }

  private func errorPolicy(
    in model: ExportNode,
    kind: CardKind
  ) throws(FlowLoadError) -> ErrorPolicy {
    guard let error = try model.optionalMember("policy")?.optionalMember("error") else {
      return .stop
    }
    let type = try error.member("type")
    switch try type.text() {
    case "finish": return .stop
    case "return": return .stopWithMessage
    case "flo": return .tell(flow: try error.member("flo").text())
    case "handler":
      return .handler(try BodyReader(node: error.member("flo")).read())
    case let unknown: throw type.error(.unknownValue(unknown))
    }
  }

  private func retry(in model: ExportNode) throws(FlowLoadError) -> RetryPolicy {
    guard let error = try model.optionalMember("policy")?.optionalMember("error"),
      let count = Int(exactly: try error.optionalNumber("retry") ?? 0), count > 0
    else { return .none }
    var delay = try error.optionalNumber("delay") ?? 0
    if case .list(let range)? = try error.object()["delay"], case .number(let least)? = range.first
    {
      delay = least
    }
    return RetryPolicy(count: min(count, 10), delayMilliseconds: max(delay, 0))
  }

  /// Joins may carry ids of inputs that were deleted; those count for nothing.
  private func joins(
    inputs: [InputField],
    outputs: [OutputField]
  ) throws(FlowLoadError) -> [CardJoin] {
    guard let joins = try node.optionalMember("joins") else { return [] }
    var found: [CardJoin] = []
    for (inputID, targets) in try joins.members() {
      guard let input = inputs.firstIndex(where: { $0.id == inputID }) else { continue }
      for target in try targets.items() {
        let outputID = try target.member("output").text()
        guard let output = outputs.firstIndex(where: { $0.id == outputID }) else {
          throw target.error(.danglingOutput(outputID))
        }
        found.append(CardJoin(input: input, output: output))
      }
    }
    return found
  }

  private func requireInlineFlows(
    kind: CardKind,
    inputs: [InputField],
    policy: ErrorPolicy
  ) throws(FlowLoadError) {
    guard case .function(let address) = kind else { return }
    let bodies = inputs.filter { if case .inline = $0.constant { true } else { false } }
    switch address {
    case "control:tryCatch":
      guard case .handler = policy, bodies.count == 1 else { throw node.error(.missingInlineFlow) }
    case "control:branch":
      let first = FieldName(group: "if", key: "flo")
      guard bodies.contains(where: { $0.name == first }) else {
        throw node.error(.missingInlineFlow)
      }
    default: break
    }
  }
}
