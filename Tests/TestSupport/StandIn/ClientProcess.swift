internal import Foundation

/// A server or client of somebody else's making, run from the environment that `make clients` makes.
///
/// A test that needs one says `.enabled(if: ClientProcess.isPresent, "needs make clients")`.
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

  /// Ends the program.
  public func stop() {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}

/// A certificate for 127.0.0.1 and localhost that signs itself, made anew.
public struct TestCertificate: Sendable {
  /// The certificate's file.
  public let certificate: String
  /// The key's file.
  public let key: String

  /// Makes one in a folder.
  ///
  /// - Throws: `ClientProcess.CannotStart` where `openssl` is not there.
  public init(in folder: String, for name: String = "127.0.0.1") throws {
    certificate = folder + "/certificate.pem"
    key = folder + "/key.pem"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
    let subject = name.contains { $0.isLetter } ? "DNS:\(name)" : "IP:\(name)"
    process.arguments = [
      "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=stand-in",
      "-addext", "subjectAltName=\(subject)", "-keyout", key, "-out", certificate,
    ]
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw ClientProcess.CannotStart() }
  }
}
