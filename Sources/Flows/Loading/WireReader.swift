internal import Values

/// Connects the cards of a body by their `pins`.
struct WireReader {
  let drafts: [CardDraft]
  let order: BodyOrder.Result
  let places: [Text: Int]

  func read() throws(FlowLoadError) -> [Wire] {
    var wires: [Wire] = []
    for draft in drafts.indices {
      for (outputID, targets) in try drafts[draft].node.member("pins").members() {
        for (targetID, pins) in try targets.members() {
          for pin in try pins.items() {
            wires.append(
              try wire(from: draft, output: outputID, outputNode: targets, to: targetID, pin: pin)
            )
          }
        }
      }
    }
    wires.sort { ($0.targetCard, $0.targetInput, $0.sourceCard, $0.sourceOutput) < $1.key }
    try refuseSeveralWires(wires)
    return wires
  }

  private func wire(
    from draft: Int,
    output outputID: Text,
    outputNode: ExportNode,
    to targetID: Text,
    pin: ExportNode
  ) throws(FlowLoadError) -> Wire {
    let source = drafts[draft]
    guard let output = source.outputs.firstIndex(where: { $0.id == outputID }) else {
      throw outputNode.error(.danglingOutput(outputID))
    }
    guard let target = places[targetID] else { throw pin.error(.danglingCard(targetID)) }
    let inputID = try pin.member("input").text()
    guard let input = drafts[target].inputs.firstIndex(where: { $0.id == inputID }) else {
      throw pin.error(.danglingInput(card: targetID, input: inputID))
    }
    guard order.places[draft] < order.places[target] else {
      throw pin.error(.backwardWire(source: source.uuid, target: targetID))
    }
    return Wire(
      sourceCard: order.places[draft],
      sourceOutput: output,
      targetCard: order.places[target],
      targetInput: input,
      transform: try transform(in: pin)
    )
  }

  /// The transform; the export files it under the output's id, and there is one.
  private func transform(in pin: ExportNode) throws(FlowLoadError) -> PinTransform? {
    guard let node = try pin.optionalMember("transform"),
      let entry = try node.members().first?.node
    else { return nil }
    let name = try entry.member("convert")
    guard let conversion = PinTransform.conversion(named: try name.text()) else {
      throw name.error(.unknownValue(try name.text()))
    }
    return PinTransform(conversion: conversion, wrapsResult: try entry.isTrue("forceWrapArray"))
  }

  private func refuseSeveralWires(_ wires: [Wire]) throws(FlowLoadError) {
    for (first, second) in zip(wires, wires.dropFirst())
    where first.targetCard == second.targetCard && first.targetInput == second.targetInput {
      let target = drafts[order.permutation[first.targetCard]]
      guard target.kind == .function("control:join") else {
        throw target.node.error(.severalWires(input: target.inputs[first.targetInput].id))
      }
    }
  }
}

extension Wire {
  fileprivate var key: (Int, Int, Int, Int) {
    (targetCard, targetInput, sourceCard, sourceOutput)
  }
}
