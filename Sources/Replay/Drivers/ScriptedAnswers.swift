public import Flows
internal import Synchronization
internal import Values

/// The answers of an answers file.
///
/// One value serves all runs of a command, on any thread, since an entry's `times` counts across
/// them.
public final class ScriptedAnswers: Sendable {
  private let entries: [ScriptEntry]
  private let uses: Mutex<[Int]>

  /// Reads an answers file.
  ///
  /// - Throws: `AnswersError` where it is no JSON, or a member is unknown or of another kind.
  public init(_ bytes: [UInt8], source: String) throws(AnswersError) {
    let value: Value
    do {
      value = try JSON.parse(bytes)
    } catch {
      throw AnswersError(source: source, place: "", reason: String(describing: error))
    }
    let entries = try ScriptReader(source: source).entries(value)
    self.entries = entries
    uses = Mutex(Array(repeating: 0, count: entries.count))
  }

  /// Whether an entry is used up, so that it matters in which order requests come.
  public var countsUses: Bool { entries.contains { $0.times != nil } }

  /// Whether an entry is for requests of a method over a connection, whatever else it requires of them.
  func has(_ method: ConnectorMethod, connection id: Text?, named name: Text?) -> Bool {
    entries.contains { entry in
      guard entry.method == method else { return false }
      return entry.connection == nil || entry.connection == name || entry.connection == id
    }
  }

  /// The answer to a request, nil where no entry matches; counts the use.
  ///
  /// - Complexity: O(*n*) in the number of entries.
  func answer(to request: ConnectorRequest, connection: Text?) -> Answer? {
    let named = request.named
    return uses.withLock { uses in
      for (place, entry) in entries.enumerated() {
        if let times = entry.times, uses[place] >= times { continue }
        guard entry.matches(request, connection: connection, named) else { continue }
        uses[place] += 1
        return entry.answer
      }
      return nil
    }
  }
}

extension ScriptedAnswers {
  /// The answer to a request of a comparison with a version, nil where no entry matches; counts the
  /// use.
  public func found(for request: EffectRequest, of version: FlowClosure) -> FoundAnswer? {
    guard let connector = request.connectorRequest else { return nil }
    let connection = version.connections.first { $0.id == connector.connection }?.name
    return answer(to: connector, connection: connection).map { FoundAnswer($0) }
  }
}
