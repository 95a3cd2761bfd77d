internal import Values

/// Puts made values into the form in which a flow of some kind is started.
struct TypedTrigger {
  let values: [(name: FieldName, value: Value)]

  func trigger(_ trigger: FlowTrigger) -> Trigger {
    switch trigger {
    case .helper: return .call(arguments: nested)
    case .scheduled: return .scheduled(at: ValueMaker.base)
    case .manual: return .manual
    case .delegated:
      return .delegated(inputs: members(of: "inputs"), user: "00u1example")
    case .apiEndpoint: return .http(request)
    case .connectorEvent(let event):
      if event.delivery == .batch,
        case .list(let events)? = values.first(where: { $0.name == "collection" })?.value
      {
        return .events(events)
      }
      return .events([.object(nested)])
    }
  }

  private var nested: Object {
    CardSignature(
      inputs: [],
      outputs: values.map { CardField(name: $0.name, type: .any) }
    ).nested(values.map(\.value))
  }

  private func members(of group: Text) -> Object {
    Object(values.filter { $0.name.group == group }.map { ($0.name.key, $0.value) })
  }

  /// A request whose body, headers and query have the members that the flow reads.
  private var request: HTTPRequest {
    var body = members(of: "body")
    switch members(of: "raw")["body"] {
    case .text(let text)?:
      guard let parsed = try? JSON.parse(text) else { break }
      guard case .object(let object) = parsed else {
        return HTTPRequest(headers: headers, body: text, query: query)
      }
      for (key, value) in object where body[key] == nil { body[key] = value }
    case .object(let object)?:
      for (key, value) in object where body[key] == nil { body[key] = value }
    default: break
    }
    return HTTPRequest(headers: headers, body: JSON.text(.object(body)), query: query)
  }

  private var headers: Object {
    var headers: Object = ["content-type": "application/json"]
    if case .object(let raw)? = members(of: "raw")["headers"] {
      for (key, value) in raw { headers[key] = value }
    }
    for (key, value) in members(of: "headers") { headers[key] = value }
    return headers
  }

  private var query: Text {
    let parts = members(of: "query").map { key, value in
      Text.joined([escaped(key), escaped(Coercion.asText(value))], separator: "=")
    }
    return Text.joined(parts, separator: "&")
  }

  /// Everything but letters, digits and a few marks, percent-encoded.
  private func escaped(_ text: Text) -> Text {
    let digits = Array("0123456789ABCDEF".utf8)
    return Text(
      wtf8: text.bytes.flatMap { byte -> [UInt8] in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
          UInt8(ascii: "_"):
          [byte]
        default: [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
      }
    )
  }
}

extension Coercion {
  /// A value as a query carries it.
  fileprivate static func asText(_ value: Value) -> Text {
    if case .text(let text) = value { text } else { JSON.text(value) }
  }
}
