internal import Foundation

/// A real JavaScript engine, where one is installed, to check our own rules against.
///
/// A test that needs it says `.enabled(if: NodeProcess.isPresent, "needs node")`.
public enum NodeProcess {
  private static let executable: String? = {
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    for name in ["node", "nodejs"] {
      for folder in folders {
        let path = "\(folder)/\(name)"
        if FileManager.default.isExecutableFile(atPath: path) { return path }
      }
    }
    print("skipped: agreement with JavaScript, because node is not installed")
    return nil
  }()

  /// Whether node is installed; says so once on standard output where it is not.
  public static var isPresent: Bool { executable != nil }

  /// Runs a script in one process and returns what it wrote.
  ///
  /// The script reads the file named by `process.argv[2]`, which holds `input`, and writes the file
  /// named by `process.argv[3]`.
  ///
  /// - Throws: `Failure` where node is absent or fails; Foundation's errors for the files.
  public static func run(script: String, on input: [UInt8]) throws -> [UInt8] {
    guard let executable else { throw Failure.absent }
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("node-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = ["script.js", "input", "output"].map { folder.appendingPathComponent($0) }
    try Data(script.utf8).write(to: files[0])
    try Data(input).write(to: files[1])
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = files.map(\.path)
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure.failed(status: process.terminationStatus)
    }
    return Array(try Data(contentsOf: files[2]))
  }

  /// Why node gave no answer.
  public enum Failure: Error, Equatable {
    /// No such program is installed.
    case absent
    /// It ended with this status; its message is on standard error.
    case failed(status: Int32)
  }
}
