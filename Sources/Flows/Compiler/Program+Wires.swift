public import Values

extension Program {
  /// The outputs of a card that other cards read, by the names under which histories show them.
  ///
  /// - Complexity: O(*n*) in the size of the program.
  public func wiredOutputs(of uuid: Text) -> [Text] {
    let graph = ProgramGraph(self)
    var names: [Text] = []
    for (number, body) in bodies.enumerated() {
      for card in body.cards where card.uuid == uuid {
        for (slot, name) in zip(card.slots, card.outputNames.names)
        where !graph.readers[number][slot].isEmpty {
          names.append(name)
        }
      }
    }
    return names
  }
}
