internal import Values

/// Reads the cards of a body, puts them in order and connects them.
struct BodyReader {
  let node: ExportNode

  func read() throws(FlowLoadError) -> FlowBody {
    let methods = try node.member("methods")
    let nodes = try methods.items()
    guard !nodes.isEmpty else { throw methods.error(.noCards) }
    guard nodes.count <= BodyOrder.maximumCards else {
      throw methods.error(.tooManyCards(nodes.count))
    }
    var drafts: [CardDraft] = []
    var places: [Text: Int] = [:]
    for cardNode in nodes {
      let uuid = try cardNode.member("uuid").text()
      guard !uuid.isEmpty, !uuid.bytes.contains(where: Self.isReserved) else {
        throw cardNode.error(.unusableID(uuid))
      }
      guard places.updateValue(drafts.count, forKey: uuid) == nil else {
        throw cardNode.error(.duplicateCard(uuid))
      }
      drafts.append(try CardReader(node: cardNode, uuid: uuid).read())
    }
    let order = try BodyOrder(node: node, drafts: drafts, places: places).sorted()
    let cards = order.permutation.enumerated().map { place, draft in
      drafts[draft].card(arms: order.arms[place])
    }
    let wires = try WireReader(drafts: drafts, order: order, places: places).read()
    return FlowBody(id: try node.optionalText("uuid") ?? .empty, cards: cards, wires: wires)
  }

  private static func isReserved(_ byte: UInt8) -> Bool {
    [UInt8(ascii: "/"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ":")].contains(byte)
  }
}

/// A card that has been read and has no place in the order yet.
struct CardDraft {
  let node: ExportNode
  let uuid: Text
  let kind: CardKind
  let address: Text
  let name: Text
  let note: Text
  let inputs: [InputField]
  let outputs: [OutputField]
  let errorPolicy: ErrorPolicy
  let retry: RetryPolicy
  let connection: Text?
  let joins: [CardJoin]
  let isEvent: Bool
  let isEventBatch: Bool

  func card(arms: CardArms?) -> Card {
    Card(
      uuid: uuid,
      kind: kind,
      address: address,
      name: name,
      note: note,
      inputs: inputs,
      outputs: outputs,
      errorPolicy: errorPolicy,
      retry: retry,
      connection: connection,
      arms: arms,
      joins: joins,
      isEvent: isEvent,
      isEventBatch: isEventBatch
    )
  }
}
