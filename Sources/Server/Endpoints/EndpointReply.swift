internal import Flows
internal import Values

/// The answer of a flow as HTTP can carry it.
enum EndpointReply {
  /// Makes a reply of a flow's answer.
  ///
  /// A status that HTTP does not have is 200 where the flow gave none, and else 500. Fields that belong to
  /// the connection, or that hold what no field can, are left out.
  static func reply(_ answer: HTTPAnswer) -> Reply {
    var fields: [(name: String, value: String)] = []
    if case .object(let headers) = answer.headers {
      for (key, value) in headers {
        guard let field = field(key.description.lowercased(), value) else { continue }
        fields.append(field)
      }
    }
    let isTyped = fields.contains { $0.name == "content-type" }
    let body: [UInt8]
    switch answer.body {
    case .null: body = []
    case .text(let text):
      body = Array(text.description.utf8)
      if !isTyped, !body.isEmpty { fields.append(("content-type", "text/plain; charset=utf-8")) }
    case let value:
      body = JSON.serialize(value)
      if !isTyped { fields.append(("content-type", "application/json")) }
    }
    return Reply(status: status(answer.statusCode), fields: fields, body: body)
  }

  private static func status(_ value: Value) -> Int {
    var number: Double?
    switch value {
    case .number(let own): number = own
    case .text(let text): number = Double(text.description)
    case .null: return 200
    default: break
    }
    guard let number, let status = Int(exactly: number) else { return 500 }
    return status == 0 ? 200 : (200...599).contains(status) ? status : 500
  }

  private static let ofConnections: Set<String> = [
    "connection", "content-length", "date", "keep-alive", "proxy-connection", "te", "trailer",
    "transfer-encoding", "upgrade",
  ]

  private static func field(_ name: String, _ value: Value) -> (name: String, value: String)? {
    guard !name.isEmpty, !ofConnections.contains(name), name.utf8.allSatisfy(isTokenByte) else {
      return nil
    }
    let text: String
    switch value {
    case .text(let own): text = own.description
    case .number, .boolean: text = JSON.text(value).description
    default: return nil
    }
    guard text.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value != 127 || $0 == "\t" })
    else { return nil }
    return (name, text)
  }

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    (33...126).contains(byte) && !"\"(),/:;<=>?@[\\]{}".utf8.contains(byte)
  }
}
