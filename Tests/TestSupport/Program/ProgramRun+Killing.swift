internal import Foundation

extension ProgramRun {
  /// Runs the program and kills it as soon as something holds, which is looked at a hundred times a
  /// second.
  ///
  /// - Returns: Whether it was killed: false where it ended by itself before.
  /// - Throws: Foundation's error where it cannot be started.
  public static func kill(_ arguments: [String], once holds: () throws -> Bool) throws -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    let deadline = Date().addingTimeInterval(60)
    while process.isRunning, Date() < deadline {
      if try holds() { break }
      Thread.sleep(forTimeInterval: 0.01)
    }
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    return process.terminationReason == .uncaughtSignal
  }
}
