internal import Foundation
internal import Values

/// Where results and messages go: results to standard output, messages to standard error.
enum Output {
  /// Writes a line of the result.
  static func line(_ text: String) {
    write(Array(text.utf8) + [0x0A], to: FileHandle.standardOutput)
  }

  /// Writes a result as one line of JSON.
  static func json(_ object: Object) {
    write(JSON.serialize(.object(object)) + [0x0A], to: FileHandle.standardOutput)
  }

  /// Writes bytes of the result as they are, and a line feed.
  static func bytes(_ bytes: [UInt8]) {
    write(bytes + [0x0A], to: FileHandle.standardOutput)
  }

  /// Writes a message, apart from the results.
  static func message(_ text: String) {
    flush()
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }

  // Results are gathered and written in large pieces; the program ends by `flush`.
  nonisolated(unsafe) private static var pending: [UInt8] = []

  private static func write(_ bytes: [UInt8], to handle: FileHandle) {
    pending += bytes
    if pending.count > 1 << 16 { flush() }
  }

  /// Writes what was gathered.
  ///
  /// A reader that has gone away ends the program quietly.
  static func flush() {
    guard !pending.isEmpty else { return }
    defer { pending.removeAll(keepingCapacity: true) }
    do {
      try FileHandle.standardOutput.write(contentsOf: Data(pending))
    } catch {
      exit(0)
    }
  }
}
