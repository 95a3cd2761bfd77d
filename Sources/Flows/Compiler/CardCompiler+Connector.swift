internal import Values

extension CardCompiler {
  /// How a connector card asks its service.
  ///
  /// Left out of the request are the arguments of an error flow, the message of a policy, the flow
  /// and the state of a stream, and the operands of a condition, which stand in the condition.
  func connector(_ method: ConnectorMethod, in program: ProgramCompiler) -> ConnectorPlan {
    var options: [RequestField] = []
    var fields: [RequestField] = []
    let filter = self.filter
    for (place, input) in signatureInputs.enumerated() {
      switch input.name.group {
      case "parameters": options.append(RequestField(name: input.name.key, input: place))
      case "Streaming" where isStreamed(input): break
      case "_expr" where filter != nil: break
      case nil where isForPolicy(input): break
      default:
        if input.name.text != filter?.name {
          fields.append(RequestField(name: input.name.text, input: place))
        }
      }
    }
    return ConnectorPlan(
      method: method,
      connection: card.connection,
      options: options,
      fields: fields,
      filter: filter,
      stream: stream(in: program),
      outputs: card.outputs.map(\.field)
    )
  }

  private var signatureInputs: [InputField] { card.inputs.filter { $0.argument == nil } }

  private func isStreamed(_ input: InputField) -> Bool {
    input.field.isCustom || input.field.type == .flow
  }

  private func isForPolicy(_ input: InputField) -> Bool {
    switch card.errorPolicy {
    case .tell: input.field.isCustom
    case .stopWithMessage: input.name == "message"
    case .stop, .handler: false
    }
  }

  private func stream(in program: ProgramCompiler) -> StreamPlan? {
    let streamed = signatureInputs.enumerated().filter { $1.name.group == "Streaming" }
    guard let receiver = streamed.first(where: { $0.element.field.type == .flow }) else {
      return nil
    }
    var target = Callee.Target.input(receiver.offset)
    if case .flow(let id) = receiver.element.constant, let number = program.number(of: id) {
      target = .flow(number)
    }
    let callee = Callee(
      target: target,
      arguments: [
        CompiledArgument(key: "Record", source: .given(0)),
        CompiledArgument(key: "State", source: .given(1)),
      ]
    )
    return StreamPlan(
      loop: IterationPlan(
        callee: callee,
        source: nil,
        memo: nil,
        itemType: .any,
        spreads: false
      ),
      state: streamed.filter { $0.element.field.isCustom }.map {
        RequestField(name: $0.element.name.key, input: $0.offset)
      }
    )
  }

  /// The condition of a table search, whose operands are inputs in the group `_expr`.
  private var filter: FilterPlan? {
    for input in signatureInputs where input.name.group == "Filter" {
      guard case .value(.object(let object)) = input.constant,
        case .list(let terms)? = object["expr"]
      else { continue }
      return FilterPlan(name: input.name.text, terms: terms.compactMap(term))
    }
    return nil
  }

  private func term(_ value: Value) -> FilterTerm? {
    guard case .object(let term) = value, case .text(let column)? = term["lhs"],
      case .text(let comparison)? = term["op"]
    else { return nil }
    var operand = FilterTerm.Operand.constant(term["rhs"] ?? .null)
    if case .object(let reference)? = term["rhd"], case .text(let id)? = reference["outputId"] {
      let input = ownInput(FieldName(group: "_expr", key: id))
      operand = input.map { .input($0) } ?? .constant(.null)
    }
    var join: Text = "AND"
    if case .text(let text)? = term["join"] { join = text }
    return FilterTerm(column: column, comparison: comparison, join: join, operand: operand)
  }
}
