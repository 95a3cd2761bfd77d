public import Flows
public import Values

/// The tables as a log holds them, for drivers.
public struct TableSource: Sendable {
  /// A table's rows in the order in which they were made, and the length of its stream.
  public struct Contents: Hashable, Sendable {
    /// The rows.
    public let rows: [TableRow]
    /// The highest number that a row ever had.
    public let lastRow: Int
    /// How many events the table's stream holds.
    public let version: UInt32

    /// Makes contents.
    public init(rows: [TableRow] = [], lastRow: Int = 0, version: UInt32 = 0) {
      self.rows = rows
      self.lastRow = lastRow
      self.version = version
    }
  }

  /// Reads a table as it is now.
  public let contents: @Sendable (_ table: Text) throws -> Contents

  /// Makes a source.
  public init(_ contents: @escaping @Sendable (_ table: Text) throws -> Contents) {
    self.contents = contents
  }

  /// Tables that are empty and forget what is written when the run ends.
  public static let empty = TableSource { _ in Contents() }
}
