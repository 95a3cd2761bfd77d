/// What events and their long values are read from: a log, or what was kept of one.
public protocol EventSource: Sendable {
  /// The event at a position, nil where there is none.
  ///
  /// - Throws: Where it cannot be read.
  func event(at position: Position) throws -> Event?

  /// The events of a stream, in order of their positions.
  ///
  /// - Throws: Where one cannot be read.
  func events(of stream: StreamID) throws -> [Event]

  /// The long value of `owner` with that hash, or nil where there is none.
  ///
  /// - Throws: Where it cannot be read.
  func value(owner: [UInt8], hash: [UInt8]) throws -> [UInt8]?
}

extension EventLog: EventSource {}
