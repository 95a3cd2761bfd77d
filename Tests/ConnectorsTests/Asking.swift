import Connectors
import Flows
import Synchronization
import Testing
import Values

/// Asks services as a live run does, with clock and sleep of the test's own.
struct Asking {
  /// How long was slept, in order.
  final class Sleeps: Sendable {
    private let lengths = Mutex<[Double]>([])
    var all: [Double] { lengths.withLock { $0 } }
    func add(_ length: Double) { lengths.withLock { $0.append(length) } }
  }

  let connectors: LiveConnectors
  let sleeps = Sleeps()

  init(_ connections: String, descriptions: [String] = []) throws {
    let reader = ConnectionReader(
      ConnectionReader.Sources(variable: { _ in nil }, file: { _ in nil })
    )
    let file = try reader.read(Array(connections.utf8), path: "connections.yaml", isPrivate: true)
    let own = try descriptions.enumerated().map { number, text in
      try DescriptionReader.read(Array(text.utf8), source: "own-\(number).yaml")
    }
    connectors = LiveConnectors(
      connections: file,
      catalog: ConnectorCatalog(own: own),
      surroundings: Surroundings(
        now: { Instant(milliseconds: 1_767_225_600_000) },
        sleep: { [sleeps] in sleeps.add($0) }
      )
    )
  }

  /// Sends a card's request; inputs in the group `parameters` are its options.
  ///
  /// Outputs are written `group/key:type`, with `[]` behind for a list.
  func ask(
    _ connector: Text,
    _ method: Text,
    _ inputs: Object = [:],
    outputs: [String] = [],
    streams: Bool = false,
    key: Text = "key-1"
  ) throws -> LiveReply {
    let request = Self.request(connector, method, inputs, outputs: outputs, streams: streams)
    return try connectors.route(to: request.method, connection: nil, named: nil)
      .perform(request, key: key)
  }

  static func request(
    _ connector: Text,
    _ method: Text,
    _ inputs: Object,
    outputs: [String] = [],
    streams: Bool = false
  ) -> ConnectorRequest {
    var options = Object()
    var others = Object()
    for (name, value) in inputs {
      if name.hasPrefix("parameters/") {
        options[Text(wtf8: Array(name.bytes.dropFirst("parameters/".utf8.count)))] = value
      } else {
        others[name] = value
      }
    }
    return ConnectorRequest(
      method: ConnectorMethod(connector: connector, method: method),
      connection: nil,
      options: options,
      inputs: others,
      outputs: outputs.map(field),
      streamsRecords: streams
    )
  }

  private static func field(_ text: String) -> CardField {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    let name = parts[0].split(separator: "/", maxSplits: 1).map { Text(String($0)) }
    let types: [String: DeclaredType] = [
      "string": .string, "number": .number, "boolean": .boolean, "date": .date, "object": .object,
      "object[]": .list(.object),
    ]
    return CardField(
      name: FieldName(group: name.count > 1 ? name[0] : nil, key: name.last ?? ""),
      type: types[parts.count > 1 ? parts[1] : "string"] ?? .any
    )
  }
}

extension LiveReply {
  /// The outputs by name.
  ///
  /// - Throws: The error that the card would have failed with.
  func outputs() throws -> Object {
    switch answer {
    case .outputs(let answer): return answer.outputs
    case .failure(let error): throw error
    default: throw CardError(kind: .other("Unexpected"), message: "no connector's answer")
    }
  }

  /// The error that the card fails with.
  func error() throws -> CardError {
    guard case .failure(let error) = answer else {
      throw CardError(kind: .other("Unexpected"), message: "it did not fail")
    }
    return error
  }
}
