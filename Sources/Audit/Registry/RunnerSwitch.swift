public import EventStore
internal import Values

/// Whether a store's server starts flows, or has been told to wait.
///
/// Whoever can write to the store can pause its server and let it go on; a pause outlasts the server.
public struct RunnerSwitch: Sendable {
  /// How the switch stands.
  public struct State: Hashable, Sendable {
    /// Whether nothing is started now.
    public let isPaused: Bool
    /// Since when, in milliseconds since 1970; nil where nobody ever paused it.
    public let since: Int64?
    /// Who said so, as claimed.
    public let actor: String?
    /// Why, as whoever did it says.
    public let why: String?
  }

  private enum EventType: String {
    case paused = "runner.paused"
    case resumed = "runner.resumed"
  }

  private static let stream = StreamID(bytes: Array("runner-switch".utf8))

  private let log: EventLog

  /// The switch of a log.
  public init(_ log: EventLog) {
    self.log = log
  }

  /// How it stands.
  ///
  /// - Throws: `EventLogError`.
  /// - Complexity: O(*n*) in how often it was moved.
  public func state() throws -> State {
    let position = try log.positions(of: Self.stream).last
    guard let position, let last = try log.event(at: position) else {
      return State(isPaused: false, since: nil, actor: nil, why: nil)
    }
    var why: String?
    if case .object(let data)? = try? JSON.parse(last.data), case .text(let text)? = data["why"] {
      why = text.description
    }
    return State(
      isPaused: last.type == EventType.paused.rawValue,
      since: last.recordedTime,
      actor: String(decoding: last.attributes.actor, as: UTF8.self),
      why: why
    )
  }

  /// Pauses the server or lets it go on.
  ///
  /// - Returns: Whether that changes anything; nothing is appended otherwise.
  /// - Throws: `EventLogError`.
  @available(*, noasync)
  @discardableResult
  public func set(paused: Bool, by author: FlowRegistry.Author) throws -> Bool {
    guard try state().isPaused != paused else { return false }
    let draft = EventStore.EventDraft(
      (paused ? EventType.paused : .resumed).rawValue,
      in: Self.stream,
      [:],
      subject: nil,
      by: author
    )
    try log.append(AppendBatch([draft]))
    return true
  }
}
