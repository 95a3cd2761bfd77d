internal import Foundation
internal import HTTPTypes

/// A request as it came in, without anything of HTTP's own.
struct DeliveryRequest: Sendable {
  let method: String
  let path: String
  /// The address behind its question mark, still percent-encoded.
  let rawQuery: String
  let fields: RequestFields
  /// The sender's address and port.
  let sender: String
  /// The body as it came; empty until it was read.
  var body: [UInt8] = []

  /// The parameters of the address, decoded, in their order.
  var query: [(name: String, value: String)] {
    rawQuery.split(separator: "&").map { part in
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (Self.decoded(sides[0]), sides.count == 2 ? Self.decoded(sides[1]) : "")
    }
  }

  private static func decoded(_ part: Substring) -> String {
    String(part).removingPercentEncoding ?? String(part)
  }
}

/// The header fields of a request, by their lower-case names; of a repeated one the first counts.
enum RequestFields: Sendable {
  /// As they came.
  case plain(PlainHead)
  /// As they were read by somebody else.
  case read(HTTPFields)

  /// The value of a field; there are few, so that a look at each is the shortest way.
  subscript(name: String) -> String? {
    switch self {
    case .plain(let head): head[name]
    case .read(let fields): fields.first { $0.name.canonicalName == name }?.value
    }
  }

  /// All of them by their names.
  var all: [String: String] {
    switch self {
    case .plain(let head): head.all
    case .read(let fields):
      Dictionary(fields.map { ($0.name.canonicalName, $0.value) }) { first, _ in first }
    }
  }
}
