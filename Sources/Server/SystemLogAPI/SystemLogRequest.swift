internal import Values

/// A request to the System Log API, without anything of HTTP's own.
struct SystemLogRequest: Sendable {
  let method: String
  /// The parameters, decoded, in their order.
  let parameters: [(name: String, value: String)]
  /// The header fields by their lower-case names, `host` among them; of a repeated one the first.
  let fields: [String: String]
  /// The sender's address and port.
  let sender: String
  /// What tells the request from others in both sides' records: the sender's own name for it, or a new one.
  let id: String

  /// Takes the parameters apart as forms encode them.
  init(method: String, query: String, fields: [String: String], sender: String) {
    self.method = method
    self.fields = fields
    self.sender = sender
    parameters = FormEncoding.fields(query.utf8).map { ($0.name.description, $0.value.description) }
    let given = fields["x-okta-request-id"] ?? ""
    let isName = !given.isEmpty && given.utf8.count <= 128 && given.utf8.allSatisfy(Self.isOfName)
    id = isName ? given : Self.newID()
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: "."), UInt8(ascii: "="), UInt8(ascii: "@"), UInt8(ascii: "/"):
      true
    default: false
    }
  }

  static func newID() -> String {
    let signs = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
    return String((0..<24).map { _ in signs[Int.random(in: 0..<signs.count)] })
  }
}
