import Flows
import Replay
import TestSupport
import Values

/// A flow of a test in which every text that its author wrote is a secret.
struct SecretFlow {
  /// The flow as it is run: with its secrets.
  let program: Program
  /// The flow as it is replayed: without.
  let withoutSecrets: Program
  /// The secrets by name.
  let secrets: [Text: Text]

  static let digest = SecretDigest(key: Array(repeating: 7, count: SecretDigest.keyLength))

  /// Seals the texts of flows, or those alone that `isSecret` picks; the first flow is the one that runs.
  init(_ flows: [FlowBuilder], where isSecret: @escaping (Text) -> Bool = { _ in true }) throws {
    let bytes = FlowBuilder.export(flows, tables: RunInMemory.tables)
    guard case .object(var export) = try JSON.parse(bytes) else { throw NoExport() }
    var sealing = Sealing(isSecret: isSecret)
    for (key, value) in export { export[key] = sealing.covered(value) }
    export["type"] = "closure"
    export["root"] = .text(Text(flows[0].id))
    let references = sealing.secrets.sorted { $0.key < $1.key }.map {
      Self.digest.reference(to: $0.value, named: $0.key)
    }
    export["secrets"] = .list(
      references.map { .object(["name": .text($0.name), "digest": .text($0.digest)]) }
    )
    let closure = try FlowClosure.decode(JSON.serialize(.object(export)))
    secrets = sealing.secrets
    program = Program(closure, secrets: SecretValues(digest: Self.digest, values: secrets))
    withoutSecrets = Program(closure)
  }

  /// The places of a recording that hold one of the secrets, whatever else they hold.
  func leaks(in recording: Recording) -> [String] {
    var found: [String] = []
    func look(_ value: Value, _ place: String) {
      switch value {
      case .text(let text):
        // The word itself stands in whatever stands for a secret.
        let hits = secrets.values.filter {
          $0.bytes.count > 2 && $0 != "secret" && text.contains($0)
        }
        if !hits.isEmpty { found.append("\(place): \(text)") }
      case .list(let items): for item in items { look(item, place) }
      case .object(let object):
        for (key, member) in object {
          look(.text(key), place)
          look(member, "\(place).\(key)")
        }
      default: break
      }
    }
    for step in recording.steps {
      for (key, value) in step.inputs { look(value, "\(step.path) < \(key)") }
      for (key, value) in step.arguments { look(value, "\(step.path) < \(key)") }
      for (key, value) in step.outputs { look(value, "\(step.path) > \(key)") }
      if let error = step.error { look(.object(error.value), "\(step.path) error") }
      for request in step.requests {
        look(request.request["inputs"], "\(step.path) request")
        look(request.request["options"], "\(step.path) request")
      }
    }
    for execution in recording.executions {
      guard let end = execution.end else { continue }
      look(end.result, "\(execution.id) result")
      look(end.message, "\(execution.id) message")
      if let error = end.error { look(.object(error.value), "\(execution.id) error") }
      if let response = end.response {
        look([response.statusCode, response.headers, response.body], "\(execution.id) response")
      }
    }
    return found
  }

  struct NoExport: Error {}
}

/// Replaces the texts of constants by references.
private struct Sealing {
  let isSecret: (Text) -> Bool
  private(set) var secrets: [Text: Text] = [:]

  init(isSecret: @escaping (Text) -> Bool) {
    self.isSecret = isSecret
  }

  mutating func covered(_ value: Value) -> Value {
    switch value {
    case .object(let object):
      var result = Object()
      for (key, member) in object {
        if key == "value", case .object(var constant) = member, object["key"] != nil,
          constant["type"] != "flo", let data = constant["data"]
        {
          constant["data"] = texts(data)
          result[key] = .object(constant)
        } else {
          result[key] = covered(member)
        }
      }
      return .object(result)
    case .list(let items): return .list(items.map { covered($0) })
    default: return value
    }
  }

  private mutating func texts(_ value: Value) -> Value {
    switch value {
    case .text(let text):
      if text.isEmpty || !isSecret(text) { return value }
      let known = secrets.first { $0.value == text }?.key
      let name = known ?? Text("s\(secrets.count)")
      secrets[name] = text
      return .text(SecretFlow.digest.reference(to: text, named: name).text)
    case .list(let items): return .list(items.map { texts($0) })
    case .object(let object):
      return .object(Object(object.map { ($0.key, texts($0.value)) }))
    default: return value
    }
  }
}

extension Value {
  fileprivate subscript(key: Text) -> Value {
    if case .object(let object) = self { object[key] ?? .null } else { .null }
  }
}
