internal import Connectors
internal import Foundation

/// Where the file of connections is: the one that is named, else that of the environment, else the usual one.
struct ConnectionPlace {
  private static let usual = "connections.yaml"

  /// The path, whether or not there is a file.
  let path: String
  private let isNamed: Bool

  /// The place of a file that an option names, or of the one that counts where none does.
  init(_ named: String?) {
    let named = named ?? ProcessWorld.variable("AUDITCLI_CONNECTIONS")
    path = named ?? Self.usual
    isNamed = named != nil
  }

  /// The file; an empty one where none is named and the usual one is not there.
  ///
  /// From then on the process leaves no core file.
  ///
  /// - Throws: `ConfigurationError`; `Failure` where it cannot be read.
  func read() throws -> ConnectionFile {
    try CoreFiles.forbid()
    guard isNamed || FileManager.default.fileExists(atPath: path) else { return .none }
    return try read(InputFile(path).bytes)
  }

  /// The file with these bytes.
  func read(_ bytes: [UInt8]) throws -> ConnectionFile {
    let reader = ConnectionReader(
      ConnectionReader.Sources(
        variable: { ProcessWorld.variable($0) },
        file: { path in FileManager.default.contents(atPath: path).map { Array($0) } }
      )
    )
    return try reader.read(bytes, path: path, isPrivate: isPrivate)
  }

  /// Whether only its owner can read the file.
  var isPrivate: Bool {
    var state = stat()
    guard stat(path, &state) == 0 else { return false }
    return state.st_mode & 0o077 == 0
  }
}
