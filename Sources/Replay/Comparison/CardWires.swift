internal import Flows
internal import Values

/// Where the inputs of a card come from, by the ids that the new version has.
struct CardWires {
  /// Of each wired input, its sources: flow, card, output, conversion.
  private(set) var sources = Object()
  private(set) var names: [Text: Value] = [:]
  /// The names with the cards' ids, for cards of one name.
  private(set) var exactNames: [Text: Value] = [:]

  init(_ located: LocatedCard, in index: CardIndex, name: (CardID) -> CardID?) {
    let body = index.bodies[located.body]
    var found: [(input: Text, source: Value, shown: Text, card: Text)] = []
    for wire in body.body.wires where wire.targetCard == located.place {
      let source = Self.captured(body.numbers[wire.sourceCard], wire.sourceOutput, index)
      let card = index.cards[source.card]
      let output = card.card.outputs[source.output].name.text
      let conversion = wire.transform.map { Text(" as \($0.conversion)") } ?? .empty
      found.append(
        (
          located.card.inputs[wire.targetInput].name.text,
          .list([.text((name(card.id) ?? card.id).text), .text(output), .text(conversion)]),
          card.card.name + "." + output + conversion,
          card.id.uuid
        )
      )
    }
    for input in found.map(\.input) where names[input] == nil {
      let wires = found.filter { $0.input == input }
      sources[input] = .list(wires.map(\.source))
      names[input] = .text(Text.joined(wires.map(\.shown), separator: ", "))
      let exact = wires.map { $0.shown + " (" + $0.card + ")" }
      exactNames[input] = .text(Text.joined(exact, separator: ", "))
    }
  }

  /// The inputs whose sources differ, with the names of both.
  static func differences(from before: CardWires, to after: CardWires) -> [CardDifference.Field] {
    let inputs = before.sources.keys + after.sources.keys.filter { before.names[$0] == nil }
    return inputs.compactMap { input in
      if before.sources[input] == after.sources[input] { return nil }
      let isAmbiguous = before.names[input] == after.names[input]
      return CardDifference.Field(
        path: input,
        before: isAmbiguous ? before.exactNames[input] : before.names[input],
        after: isAmbiguous ? after.exactNames[input] : after.names[input]
      )
    }
  }

  /// The card outside the bodies of other cards from which a captured value comes.
  private static func captured(
    _ card: Int,
    _ output: Int,
    _ index: CardIndex
  ) -> (card: Int, output: Int) {
    let located = index.cards[card]
    let name = located.card.outputs[output].name
    guard name.group == "context", let owner = index.bodies[located.body].owner,
      let input = index.cards[owner].card.inputs.firstIndex(where: { $0.name == name })
    else { return (card, output) }
    let outer = index.bodies[index.cards[owner].body]
    let wire = outer.body.wires.first {
      $0.targetCard == index.cards[owner].place && $0.targetInput == input
    }
    guard let wire else { return (card, output) }
    return captured(outer.numbers[wire.sourceCard], wire.sourceOutput, index)
  }
}
