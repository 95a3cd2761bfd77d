internal import Flows
internal import Values

/// Names what every card's inputs come from, so that cards of two versions can be compared.
///
/// A wire is followed through captures, joins, *Assign* and accessors to the card that produced the
/// value. A card that has its counterpart already is named by that; any other by what it is and what
/// its own inputs come from.
struct CardTokens {
  /// For each card, what it is and where its inputs come from.
  private(set) var fingerprints: [Text] = []
  /// For each card, where its wired inputs come from.
  private(set) var wirings: [Text] = []
  private var sources: [[Value]] = []
  /// For each card, where the value of each output comes from.
  private var outputs: [[Text]] = []

  /// Names the cards of an index; `name` says what a card with a counterpart is called.
  init(_ index: CardIndex, name: (CardID) -> Text?) {
    for located in index.cards {
      let wired = wiredSources(of: located, in: index)
      sources.append(
        zip(located.card.inputs, wired).map { input, source in
          source ?? ["constant": Self.constant(of: input)]
        }
      )
      let inputs = zip(located.card.inputs, sources[sources.count - 1]).map { input, source in
        Value.list([.text(input.name.text), source])
      }
      wirings.append(Self.digest(.list(wired.map { $0 ?? .null })))
      let fingerprint = Self.digest([.text(Text("\(located.card.kind)")), .list(inputs)])
      fingerprints.append(fingerprint)
      outputs.append(outputs(of: located, in: index, name: name(located.id) ?? fingerprint))
    }
  }

  /// Where each input's value comes from, nil for one without a wire.
  private func wiredSources(of located: LocatedCard, in index: CardIndex) -> [Value?] {
    let body = index.bodies[located.body]
    var found: [[Value]] = located.card.inputs.map { _ in [] }
    for wire in body.body.wires where wire.targetCard == located.place {
      let producer = body.numbers[wire.sourceCard]
      guard producer < outputs.count, wire.sourceOutput < outputs[producer].count else { continue }
      var source = Value.text(outputs[producer][wire.sourceOutput])
      if let transform = wire.transform {
        source = [
          source, .text(Text("\(transform.conversion)")), .boolean(transform.wrapsResult),
        ]
      }
      found[wire.targetInput].append(source)
    }
    return found.map { $0.count > 1 ? .list($0) : $0.first }
  }

  private static func constant(of input: InputField) -> Value {
    switch input.constant {
    case .value(let value): value
    case .flow(let id): ["flow": .text(id)]
    case .inline: "inline"
    }
  }

  private func outputs(of located: LocatedCard, in index: CardIndex, name: Text) -> [Text] {
    let card = located.card
    let inputs = sources[sources.count - 1]
    return card.outputs.enumerated().map { place, output in
      let own = Self.digest([.text(name), .text(output.name.text)])
      switch card.kind {
      case .function("control:join"):
        let join = card.joins.first { $0.output == place }
        return join.map { Self.digest(inputs[$0.input]) } ?? own
      case .function("control:let"):
        let input = card.inputs.firstIndex { $0.name == output.name }
        return input.map { Self.digest(inputs[$0]) } ?? own
      case .function("object:expand"):
        guard let path = output.field.path, let source = inputs.first else { return own }
        return Self.digest([source, .list(path.map { .text($0) }), .text(output.name.key)])
      default:
        return captured(output, by: located, in: index) ?? own
      }
    }
  }

  /// What the head of a body inside a card captures, by the name of the card's input.
  private func captured(
    _ output: OutputField,
    by located: LocatedCard,
    in index: CardIndex
  ) -> Text? {
    guard located.place == 0, output.name.group == "context",
      let owner = index.bodies[located.body].owner,
      let input = index.cards[owner].card.inputs.firstIndex(where: { $0.name == output.name })
    else { return nil }
    return Self.digest(sources[owner][input])
  }

  /// A source that is a text already stands for itself, so that what passes through unchanged has
  /// the name of what produced it.
  private static func digest(_ value: Value) -> Text {
    if case .text(let text) = value { return text }
    return RequestHash(value).hexadecimal
  }
}
