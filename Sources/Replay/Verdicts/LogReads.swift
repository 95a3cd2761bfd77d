public import EventStore
public import Flows
public import Values

/// What a log itself answers: its tables and its System Log entries, as they were at a position.
///
/// The log's readers live above this library, so they are handed in.
public final class LogReads {
  /// A table as it was.
  public struct Table: Hashable, Sendable {
    /// Its rows and what was ever in it.
    public let contents: TableSource.Contents
    /// Whether none of its events was redacted.
    public let isWhole: Bool

    /// Makes a table.
    public init(contents: TableSource.Contents, isWhole: Bool) {
      self.contents = contents
      self.isWhole = isWhole
    }
  }

  private let readTable: (Text, Position) throws -> Table?
  private let readEntries: (ConnectorRequest, Position) throws -> EffectReply?
  /// What went wrong while the log was read; what failed is no answer.
  public private(set) var failure: (any Error)?

  /// Makes readers.
  ///
  /// - Parameters:
  ///   - table: Reads a table as it was before a position; nil for one that nobody knows.
  ///   - search: Answers *Search System Logs* by the events before a position; nil where they are
  ///     not known.
  public init(
    table: @escaping (Text, Position) throws -> Table?,
    search: @escaping (ConnectorRequest, Position) throws -> EffectReply?
  ) {
    readTable = table
    readEntries = search
  }

  func table(_ id: Text, before position: Position) throws -> Table? {
    try readTable(id, position)
  }

  /// The answer to a search, nil where nobody knows it or reading the log failed.
  func search(_ request: ConnectorRequest, before position: Position) -> Answer? {
    trying { try readEntries(request, position)?.answer } ?? nil
  }

  /// What `body` gives, nil where it or anything before it failed.
  ///
  /// One value serves one comparison, so that what failed is told of that one alone.
  public func trying<Result>(_ body: () throws -> Result) -> Result? {
    if failure != nil { return nil }
    do {
      return try body()
    } catch {
      failure = error
      return nil
    }
  }
}
