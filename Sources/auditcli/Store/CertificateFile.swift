internal import Foundation

/// A file of certificates that somebody names on the command line, and a server reads later, from wherever
/// it was started.
struct CertificateFile {
  /// Its absolute path.
  let path: String

  /// Takes a file.
  ///
  /// - Throws: `Failure` where it cannot be read, or holds no certificate as PEM.
  init(_ file: String) throws {
    let text = String(decoding: try InputFile(file).bytes, as: UTF8.self)
    guard file != "-", text.contains("-----BEGIN CERTIFICATE-----") else {
      throw Failure("\(file) holds no certificate as PEM, which begins with BEGIN CERTIFICATE")
    }
    path = URL(fileURLWithPath: file).standardizedFileURL.path
  }
}
