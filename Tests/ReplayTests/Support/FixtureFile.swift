import Flows
import Foundation
import Values

/// The files in `fixtures`.
enum FixtureFile {
  static func bytes(_ path: String, from file: String = #filePath) throws -> [UInt8] {
    var folder = URL(fileURLWithPath: file).deletingLastPathComponent()
    while !FileManager.default.fileExists(atPath: folder.path + "/Package.swift") {
      folder.deleteLastPathComponent()
    }
    return Array(try Data(contentsOf: folder.appendingPathComponent("fixtures/" + path)))
  }

  static func program(_ path: String, flow name: Text) throws -> Program {
    let pack = try FlowPack.load(try bytes(path), source: path)
    let flow = pack.flows.first { $0.name == name }
    guard let flow, let closure = pack.closure(of: flow.id) else {
      throw CardError(kind: .notFound, message: name)
    }
    return Program(closure)
  }

  static func lines(_ path: String) throws -> [Text] {
    try bytes(path).split(separator: UInt8(ascii: "\n")).map { Text(wtf8: Array($0)) }
  }
}

/// The answers file of the demo, with the conditions that it uses.
struct DemoAnswers {
  private let entries: [Object]

  init() throws {
    guard case .object(let file) = try JSON.parse(FixtureFile.bytes("answers/demo.json")),
      case .list(let answers)? = file["answers"]
    else { throw CardError(kind: .parseError, message: "demo.json") }
    entries = answers.compactMap { if case .object(let entry) = $0 { entry } else { nil } }
  }

  func answer(to request: EffectRequest) -> Answer {
    guard let connector = request.connectorRequest,
      let entry = entries.first(where: matches(connector))
    else { return .failure(CardError(kind: .notFound, message: "nobody answers")) }
    if case .object(let error)? = entry["error"], case .text(let kind)? = error["kind"],
      case .text(let message)? = error["message"], case .number(let code)? = error["statusCode"]
    {
      return .failure(
        CardError(kind: CardErrorKind(name: kind), message: message, statusCode: code)
      )
    }
    guard case .object(let outputs)? = entry["outputs"] else {
      return .outputs(ConnectorAnswer(outputs: [:]))
    }
    return .outputs(ConnectorAnswer(outputs: outputs))
  }

  private func matches(_ request: ConnectorRequest) -> (Object) -> Bool {
    { entry in
      guard entry["connector"] == .text(request.method.connector),
        entry["method"] == .text(request.method.method)
      else { return false }
      guard case .object(let conditions)? = entry["when"] else { return true }
      return conditions.allSatisfy { name, value in
        let parts = name.split(separator: "/")
        let option = parts.count == 2 && parts[0] == "parameters" ? request.options[parts[1]] : nil
        return (option ?? request.inputs[name]) == value
      }
    }
  }
}
