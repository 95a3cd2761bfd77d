internal import Values

/// The cards that write and read parts of URLs.
enum URLCards {
  static let all: [FunctionCard] = [
    FunctionCard("url:encodeComponent") { (call) throws(CardError) in
      call.set("output", to: .text(try PercentCoding.encode(call.text("string") ?? .empty)))
    },
    FunctionCard("url:decodeComponent", pure: decodeComponent),
    FunctionCard("url:encode", pure: encodeQuery),
    FunctionCard("url:decode", pure: decodeQuery),
    FunctionCard("url:parse", pure: parse),
    FunctionCard("url:format", pure: format),
  ]

  /// *Parse*: the parts of a URL, encoded; a part that is not there is null.
  ///
  /// Source: `help.okta.com`, `function-reference/URL/url_parse.htm`.
  private static func parse(_ call: inout CardCall) throws(CardError) {
    let parts = URLParts(call.text(at: 0, ["url", "string", "text"]) ?? .empty)
    let port = parts.port.flatMap { Double(javaScript: $0) }
    call.setResults([
      "protocol": value(of: parts.scheme), "host": value(of: parts.host),
      "port": port.map(Value.number) ?? .null, "path": value(of: parts.path),
      "query": value(of: parts.query),
    ])
  }

  private static func value(of text: Text?) -> Value {
    text.map(Value.text) ?? .null
  }

  /// *Format*: the URL of its parts.
  ///
  /// Source: `help.okta.com`, `function-reference/URL/url_format.htm`.
  private static func format(_ call: inout CardCall) throws(CardError) {
    let given = call.values(["protocol", "host", "port", "path", "query"])
    let texts = given.map { Coercion.text(of: $0) }
    let parts = URLParts(
      scheme: texts[0],
      host: texts[1],
      port: texts[2],
      path: texts[3],
      query: texts[4]
    )
    call.setResult(["url", "output"], to: .text(parts.text))
  }

  /// *Decode Component*: a text with its percent-encoding undone.
  ///
  /// Source: `help.okta.com`, `function-reference/url/url_decodecomponent.htm`.
  private static func decodeComponent(_ call: inout CardCall) throws(CardError) {
    let text = call.text(at: 0, ["string", "text"]) ?? .empty
    call.setResult(["output"], to: .text(try PercentCoding.decode(text)))
  }

  /// *Encode Query*: the members of an object as a query string, a list as one pair for each item.
  ///
  /// Source: `help.okta.com`, `function-reference/url/url_encode.htm`.
  private static func encodeQuery(_ call: inout CardCall) throws(CardError) {
    var pairs: [Text] = []
    for (key, member) in try call.object(at: 0, ["data", "query", "object"]) {
      let name = try PercentCoding.encode(key)
      let items: [Value] = if case .list(let items) = member { items } else { [member] }
      for item in items {
        pairs.append(name + "=" + (try PercentCoding.encode(text(of: item))))
      }
    }
    call.setResult(["output"], to: .text(Text.joined(pairs, separator: "&")))
  }

  /// A value in a query string; lists, objects and files have none, as in Node's `querystring`.
  private static func text(of value: Value) -> Text {
    switch value {
    case .boolean, .number, .text, .date: Coercion.text(of: value) ?? .empty
    case .null, .list, .object, .file, .unknown: .empty
    }
  }

  /// *Decode Query*: the object that a query string stands for; a repeated key has a list.
  ///
  /// Source: `help.okta.com`, `function-reference/url/url_decode.htm`.
  private static func decodeQuery(_ call: inout CardCall) throws(CardError) {
    let query = call.text(at: 0, ["query", "string", "text"]) ?? .empty
    var order: [Text] = []
    var values: [Text: [Value]] = [:]
    for pair in query.split(separator: "&") where !pair.isEmpty {
      let end = pair.bytes.firstIndex(of: UInt8(ascii: "=")) ?? pair.bytes.count
      let key = decoded(pair.bytes[..<end])
      if values[key] == nil { order.append(key) }
      values[key, default: []].append(.text(decoded(pair.bytes[end...].dropFirst())))
    }
    let members = order.map { key -> (Text, Value) in
      let found = values[key] ?? []
      return (key, found.count == 1 ? found[0] : .list(found))
    }
    call.setResult(["output"], to: .object(Object(members)))
  }

  /// A part of a query string, in which a plus is a space.
  private static func decoded(_ bytes: ArraySlice<UInt8>) -> Text {
    let space = UInt8(ascii: " ")
    let spaced = bytes.map { $0 == UInt8(ascii: "+") ? space : $0 }
    return PercentCoding.decodeLeniently(Text(wtf8: spaced))
  }
}
