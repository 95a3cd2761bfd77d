/// What a client sent to a stand-in.
public struct StandInRequest: Sendable {
  /// The verb.
  public let method: String
  /// The path with its query, as it was sent.
  public let target: String
  /// The fields of the header, names in lower case.
  public let fields: [(name: String, value: String)]
  /// The body.
  public let body: [UInt8]

  /// Makes a request.
  public init(
    method: String,
    target: String,
    fields: [(name: String, value: String)] = [],
    body: [UInt8] = []
  ) {
    self.method = method
    self.target = target
    self.fields = fields
    self.body = body
  }

  /// The path without its query.
  public var path: String { String(target.prefix { $0 != "?" }) }
  /// The query without its question mark, still encoded.
  public var query: String { String(target.drop { $0 != "?" }.dropFirst()) }
  /// The body as a text.
  public var text: String { String(decoding: body, as: UTF8.self) }

  /// The value of a field, whose name is in lower case.
  public func field(_ name: String) -> String? { fields.first { $0.name == name }?.value }
}
