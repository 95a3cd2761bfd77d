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

  /// The path without its query.
  public var path: String { String(target.prefix { $0 != "?" }) }
  /// The query without its question mark, still encoded.
  public var query: String { String(target.drop { $0 != "?" }.dropFirst()) }
  /// The body as a text.
  public var text: String { String(decoding: body, as: UTF8.self) }

  /// The value of a field, whose name is in lower case.
  public func field(_ name: String) -> String? { fields.first { $0.name == name }?.value }
}

/// What a stand-in does to a request.
public enum StandInReaction: Sendable {
  /// It answers.
  case reply(Int, [(String, String)], [UInt8])
  /// It sends these bytes and closes the connection, whatever they are.
  case bytes([UInt8])
  /// It closes the connection without a word.
  case hangUp
  /// It says nothing for so many seconds, then closes.
  case silence(Double)
  /// It sends a header and then one byte after the other, a piece of a second between.
  case trickle(Double)

  /// An answer in JSON.
  public static func json(
    _ text: String,
    _ fields: [(String, String)] = [],
    status: Int = 200
  ) -> StandInReaction {
    .reply(status, [("Content-Type", "application/json")] + fields, Array(text.utf8))
  }
}
