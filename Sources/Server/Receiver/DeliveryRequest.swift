/// A request as it came in, without anything of HTTP's own.
struct DeliveryRequest: Sendable {
  let method: String
  let path: String
  /// The address behind its question mark, still percent-encoded.
  let rawQuery: String
  /// The parameters of the address, decoded, in their order.
  let query: [(name: String, value: String)]
  /// The header fields by their lower-case names; of a repeated one the first.
  let fields: [String: String]
  /// The sender's address and port.
  let sender: String
  /// The body as it came; empty until it was read.
  var body: [UInt8]
}
