import Foundation
import TestSupport

/// A command of the machine, found on the path.
enum Command {
  /// The standard output of a command that ends well.
  static func output(_ words: [String]) throws -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failed(command: words[0]) }
    return String(decoding: data, as: UTF8.self)
  }

  struct Failed: Error {
    let command: String
  }
}
