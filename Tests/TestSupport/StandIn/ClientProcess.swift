internal import Foundation

/// A server or client of somebody else's making, run from the environment that `make clients` makes.
///
/// A test that needs one says `.enabled(if: ClientProcess.isPresent, "needs make clients")`; one that needs a
/// package which older environments lack asks for that, with `has("okta")`.
public final class ClientProcess {
  private let process = Process()
  private let input = Pipe()

  /// The port that it listens on.
  public let port: Int

  private static let python: String? = {
    let path = PackageFolder.path(".build/clients/bin/python")
    if FileManager.default.isExecutableFile(atPath: path) { return path }
    print("skipped: what real servers and clients check, because `make clients` was not run")
    return nil
  }()

  /// Whether the environment is there; says so once on standard output where it is not.
  public static var isPresent: Bool { python != nil }

  /// Whether the environment is there and has a package; says so on standard output where it has not.
  public static func has(_ package: String) -> Bool {
    let script = "import importlib.util as u, sys; sys.exit(u.find_spec('\(package)') is None)"
    guard let python else { return false }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = ["-c", script]
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    guard process.terminationStatus != 0 else { return true }
    print("skipped: what needs \(package), because `make clients` was run before it was listed")
    return false
  }

  /// The environment is not there, or the program said no port.
  public struct CannotStart: Error {}

  /// Starts a program of `Tests/Clients` and waits for the port that it prints.
  public init(_ script: String, _ arguments: [String]) throws {
    guard let python = Self.python else { throw CannotStart() }
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = [PackageFolder.path("Tests/Clients/\(script)")] + arguments
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    guard let port = Int(line.trimmingCharacters(in: .whitespacesAndNewlines)) else {
      process.terminate()
      throw CannotStart()
    }
    self.port = port
  }

  /// Runs a program of `Tests/Clients` to its end, and returns what it wrote.
  ///
  /// - Throws: `CannotStart` where it failed.
  public static func output(_ script: String, _ arguments: [String]) throws -> String {
    guard let python else { throw CannotStart() }
    let (process, output) = (Process(), Pipe())
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = [PackageFolder.path("Tests/Clients/\(script)")] + arguments
    process.standardOutput = output
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CannotStart() }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Ends the program.
  public func stop() {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}
