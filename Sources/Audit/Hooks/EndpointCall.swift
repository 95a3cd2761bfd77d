internal import Values
internal import Flows

/// A call of an API endpoint, as the log keeps it: unlike other deliveries it is more than its body.
///
/// Each call is an event of its own, also where two are alike, as each starts the flow in Okta.
/// Source: Okta, "API Endpoint".
public struct EndpointCall: Sendable {
  /// What makes it different from all others.
  public let id: String
  /// The request's method.
  public let method: String
  /// The header fields by their lower-case names, without those that hold credentials.
  public let fields: [(name: String, value: String)]
  /// The address behind its question mark, still percent-encoded, without credentials.
  public let query: String
  /// The body as it came.
  public let body: [UInt8]

  /// Makes a call.
  public init(
    id: String,
    method: String,
    fields: [(name: String, value: String)],
    query: String,
    body: [UInt8]
  ) {
    self.id = id
    self.method = method
    self.fields = fields
    self.query = query
    self.body = body
  }

  /// Its document, as `InboundFormat.apiEndpoint` is written.
  public var document: [UInt8] {
    var headers = Object()
    for (name, value) in fields { headers[Text(name)] = .text(Text(value)) }
    var members: Object = [
      "endpointCall": .text(Text(id)), "method": .text(Text(method)), "headers": .object(headers),
      "query": .text(Text(query)),
    ]
    if let text = Text(utf8: body) {
      members["body"] = .text(text)
    } else {
      members["bodyBase64"] = .text(Base64.encode(body))
    }
    return JSON.serialize(.object(members))
  }

  /// The request that a document stands for; nil where it is none.
  static func request(_ document: Object) -> HTTPRequest? {
    guard case .text? = document["endpointCall"], case .object(let headers)? = document["headers"],
      case .text(let query)? = document["query"]
    else { return nil }
    switch (document["body"], document["bodyBase64"]) {
    case (.text(let body)?, _): return HTTPRequest(headers: headers, body: body, query: query)
    case (_, .text(let encoded)?):
      // What is no UTF-8 has its stray bytes replaced, as everybody shows them.
      guard let bytes = Base64.decode(encoded) else { return nil }
      let body = Text(String(decoding: bytes, as: UTF8.self))
      return HTTPRequest(headers: headers, body: body, query: query)
    default: return nil
    }
  }
}
