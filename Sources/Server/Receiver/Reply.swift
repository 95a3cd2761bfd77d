internal import Values

/// What a request is answered with.
struct Reply: Sendable {
  let status: Int
  var fields: [(name: String, value: String)] = []
  var body: [UInt8] = []

  /// Whether it has a body.
  ///
  /// Some statuses have none, and no length, so that one would be read as the next answer (RFC 9112, 6.3).
  var hasBody: Bool { ![204, 205, 304].contains(status) && !body.isEmpty }

  static let done = Reply(status: 204)

  static func json(_ status: Int, _ body: [UInt8]) -> Reply {
    Reply(status: status, fields: [("content-type", "application/json")], body: body)
  }

  /// An answer that says in JSON why something is not done.
  static func refusal(_ status: Int, _ reason: String) -> Reply {
    .json(status, JSON.serialize(["error": .text(Text(reason))]))
  }

  /// The answer to a request by a verb that is not for it.
  static func wrongMethod(_ methods: String) -> Reply {
    var reply = refusal(405, "this is asked for by \(methods)")
    reply.fields.append(("allow", methods))
    return reply
  }
}
