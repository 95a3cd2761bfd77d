internal import Foundation

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
