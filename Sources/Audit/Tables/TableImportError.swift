/// Why a file does not fit the table it is to be imported into; nothing of it was.
public struct TableImportError: Error, Hashable, Sendable {
  /// The line of the file, from 1.
  public let line: Int
  /// What is wrong, as a sentence without its full stop.
  public let reason: String
}
