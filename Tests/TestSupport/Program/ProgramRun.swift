internal import Dispatch
internal import Foundation
public import Values

/// What a run of the program `auditcli` as a process of its own left behind.
public struct ProgramRun: Sendable {
  /// What followed the program's name.
  public let arguments: [String]
  /// The exit status, or 128 and the signal that ended it.
  public let status: Int32
  /// What it wrote to standard output.
  public let output: String
  /// What it wrote to standard error.
  public let messages: String

  /// Runs the program to its end.
  ///
  /// Of this process' environment it gets only what it needs to start, so that no variable set here
  /// changes what a test sees.
  ///
  /// - Parameters:
  ///   - arguments: What follows the program's name.
  ///   - folder: Where it runs; here, where nil.
  ///   - environment: Variables beside those every run gets.
  ///   - input: What it reads from standard input.
  ///   - launcher: A command that runs the program, such as `unshare -rn`.
  /// - Throws: Foundation's error where it cannot be started.
  public init(
    _ arguments: [String],
    in folder: String? = nil,
    environment: [String: String] = [:],
    input: [UInt8] = [],
    launcher: [String] = []
  ) throws {
    let streams = try Streams(input: input)
    defer { streams.remove() }
    let command = launcher + [Self.path] + arguments
    let process = Process()
    process.executableURL = URL(fileURLWithPath: command[0])
    process.arguments = Array(command.dropFirst())
    process.environment = Self.environment.merging(environment) { $1 }
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    try streams.connect(process)
    try process.run()
    let identifier = process.processIdentifier
    let deadline = DispatchWorkItem { Foundation.kill(identifier, SIGKILL) }
    DispatchQueue.global().asyncAfter(deadline: .now() + Self.longestRun, execute: deadline)
    process.waitUntilExit()
    deadline.cancel()
    self.arguments = arguments
    let ended = process.terminationReason == .exit
    status = ended ? process.terminationStatus : 128 + process.terminationStatus
    (output, messages) = try streams.texts()
  }

  /// The program, beside the tests' own.
  public static let path: String = {
    let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    let beside = own.deletingLastPathComponent().path + "/auditcli"
    if FileManager.default.isExecutableFile(atPath: beside) { return beside }
    return PackageFolder.path(".build/debug/auditcli")
  }()

  /// After how many seconds a run counts as hanging, and is ended.
  private static let longestRun = 240.0

  private static let environment: [String: String] = {
    let kept = ["PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH"]
    var environment = ProcessInfo.processInfo.environment.filter { kept.contains($0.key) }
    environment["AUDITCLI_ACTOR"] = "tester@example.com"
    environment["SWIFT_BACKTRACE"] = "enable=no"
    return environment
  }()
}

extension ProgramRun: CustomStringConvertible {
  /// The command and all it left behind, for a test that fails.
  public var description: String {
    """
    auditcli \(arguments.joined(separator: " ")) ended with \(status)
    \(output.suffix(4000))
    \(messages.suffix(4000))
    """
  }
}

extension ProgramRun {
  /// The lines of standard output.
  public var lines: [String] {
    output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }

  /// The objects of the output, one a line.
  ///
  /// - Throws: `NoObject` where a line is none.
  public func objects() throws -> [Object] {
    try lines.map { line in
      guard case .object(let object) = try? JSON.parse(Text(line)) else {
        throw NoObject(line: line, run: description)
      }
      return object
    }
  }

  /// The object of the first line.
  ///
  /// - Throws: `NoObject` where there is none.
  public func firstObject() throws -> Object {
    guard let first = try objects().first else { throw NoObject(line: "", run: description) }
    return first
  }

  /// A line of output that is no JSON object.
  public struct NoObject: Error {
    /// The line.
    public let line: String
    /// The run that wrote it.
    public let run: String
  }
}

/// The files that stand for a process' standard streams, since a pipe that nobody empties stops it.
private struct Streams {
  private let folder: URL

  init(input: [UInt8]) throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("program-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(input).write(to: file("input"))
    for name in ["output", "messages"] { try Data().write(to: file(name)) }
  }

  private func file(_ name: String) -> URL { folder.appendingPathComponent(name) }

  func connect(_ process: Process) throws {
    process.standardInput = try FileHandle(forReadingFrom: file("input"))
    process.standardOutput = try FileHandle(forWritingTo: file("output"))
    process.standardError = try FileHandle(forWritingTo: file("messages"))
  }

  func texts() throws -> (output: String, messages: String) {
    let texts = try ["output", "messages"].map { name in
      String(decoding: try Data(contentsOf: file(name)), as: UTF8.self)
    }
    return (texts[0], texts[1])
  }

  func remove() {
    try? FileManager.default.removeItem(at: folder)
  }
}
