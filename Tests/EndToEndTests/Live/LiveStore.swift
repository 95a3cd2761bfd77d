import Foundation
import TestSupport
import Values

extension ProgramStore {
  /// Writes a file of connections that only its owner can read, and returns its path.
  func connections(_ text: String) throws -> String {
    let path = folder + "/connections.yaml"
    try write("connections:\n" + text, to: path)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    return path
  }

  /// Adds flows that a test built; the first is the one it runs.
  func add(
    _ flows: [FlowBuilder],
    tables: Object = [:],
    configs: Object = [:]
  ) throws {
    let path = folder + "/pack.flopack"
    let bytes = FlowBuilder.export(flows, tables: tables, configs: configs)
    try write(String(decoding: bytes, as: UTF8.self), to: path)
    try must("flow", "add", path)
  }
}
