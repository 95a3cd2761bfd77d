internal import EventStore
public import Values

extension FlowRegistry {
  /// What was done with a flow, first to last.
  ///
  /// - Parameter flow: The flow's id.
  /// - Returns: One entry for each event about the flow.
  /// - Throws: `FlowRegistryError.malformedEvent` where one of them does not decode.
  /// - Complexity: O(*n*) in what was done with the flow.
  public func history(of flow: Text) throws -> [FlowHistoryEntry] {
    try log.events(of: Self.stream(of: flow)).map { event in
      guard let type = FlowEventType(Array(event.type.utf8)),
        let data = ViewRow.object(event.data), let version = data.integer("version"),
        let hash = data.textAt("hash")
      else { throw FlowRegistryError.malformedEvent(position: event.position) }
      let change: FlowHistoryEntry.Change =
        switch type {
        case .registered: .registered
        case .activated: .activated
        case .deactivated: .deactivated
        }
      return FlowHistoryEntry(
        position: event.position,
        recordedTime: event.recordedTime,
        change: change,
        version: Int(version),
        hash: hash,
        actor: Text(wtf8: event.attributes.actor),
        why: data.textAt("why"),
        source: data.textAt("source")
      )
    }
  }
}
