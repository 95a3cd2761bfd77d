internal import Values

extension Interpreter {
  /// *Export Flow*: a file with the flow as it was exported, from the closure that runs.
  mutating func runExport(_ pending: PendingStep) {
    let call = CardCall(signature: pending.card.signature, inputs: pending.inputs)
    if let unknown = call.input("flo").containedUnknown {
      return finishFrontier(pending, unknown)
    }
    guard let id = call.text("flo"), let flow = program.flows.first(where: { $0.id == id }) else {
      return fail(
        pending,
        CardError(
          kind: .notFound,
          message: "The flow to export does not exist.",
          statusCode: 404
        )
      )
    }
    do throws(CardError) {
      var call = call
      call.set("output", to: .file(try Self.export(of: flow, call)))
      finish(pending, outputs: adjusted(call.outputs, by: pending.card))
    } catch {
      fail(pending, error)
    }
  }

  private static func export(
    of flow: CompiledFlow,
    _ call: CardCall
  ) throws(CardError) -> File {
    let isPretty = try call.boolean("pretty")
    let given = call.input("indent")
    let indent = Coercion.isBlank(given) ? 2 : try CardCall.number(given)
    let width = isPretty && !indent.isNaN ? Int(min(10, max(0, indent))) : 0
    let export: Value = [
      "type": "flo", "data": ["flos": .object(Object([(flow.id, flow.exported)]))],
    ]
    return File(
      name: flow.name + ".flow",
      mediaType: "application/json",
      content: JSON.serialize(export, indentedBy: width)
    )
  }
}
