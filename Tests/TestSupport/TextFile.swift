internal import Foundation

/// Writes a text to a file, which may exist.
///
/// - Throws: Foundation's error where it cannot be written.
public func write(_ text: String, to path: String) throws {
  try Data(text.utf8).write(to: URL(fileURLWithPath: path))
}
