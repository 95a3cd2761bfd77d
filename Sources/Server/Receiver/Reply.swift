/// What a request is answered with.
struct Reply: Sendable {
  let status: Int
  var fields: [(name: String, value: String)] = []
  var body: [UInt8] = []

  static let done = Reply(status: 204)

  static func json(_ status: Int, _ body: [UInt8]) -> Reply {
    Reply(status: status, fields: [("content-type", "application/json")], body: body)
  }
}
