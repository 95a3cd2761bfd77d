/// A request as it goes out, credentials and all.
///
/// It has no description: nobody may print it by chance.
struct HTTPCall: Sendable {
  /// The verb, such as `GET`.
  let method: String
  let url: ParsedURL
  /// The fields of the header, in order.
  let fields: [HTTPField]
  /// The body, nil where there is none.
  let body: [UInt8]?
}

/// A field of a request's or answer's header.
struct HTTPField: Hashable, Sendable {
  let name: String
  let value: String

  /// Whether name and value may stand in a header: no character in them ends a line.
  var isSendable: Bool {
    let token = name.utf8.allSatisfy { $0 > 32 && $0 < 127 && !Self.separators.contains($0) }
    return !name.isEmpty && token && value.utf8.allSatisfy { $0 >= 32 && $0 != 127 || $0 == 9 }
  }

  private static let separators = Set("()<>@,;:\\\"/[]?={}".utf8)
}

/// What a server answered.
struct HTTPReply: Sendable {
  let status: Int
  /// The fields of the header in the order in which they came, names in lower case.
  let fields: [HTTPField]
  let body: [UInt8]

  /// The value of the first field of that name, which is in lower case.
  func field(_ name: String) -> String? { fields.first { $0.name == name }?.value }
}
