internal import Audit

/// Where clients find the server, as links name it.
struct PublicAddress: Sendable {
  /// The address that was given, without a slash at its end; nil to take the client's word for the host.
  private let given: String?
  private let scheme: String

  init(_ settings: ServerSettings) {
    given = settings.publicURL.map { url in
      var url = url
      while url.hasSuffix("/") { url.removeLast() }
      return url
    }
    scheme = settings.tls == nil ? "http" : "https"
  }

  /// What paths stand behind, for a client that names a host.
  ///
  /// - Throws: `SystemLogRefusal` where nothing else is known, and what it names is no host.
  func base(host: String?) throws(SystemLogRefusal) -> String {
    if let given { return given }
    guard let host, !host.isEmpty, host.utf8.count <= 260, host.utf8.allSatisfy(Self.isOfHost)
    else {
      throw SystemLogRefusal(
        400,
        "E0000001",
        "Api validation failed: Host",
        causes: [
          "'Host': links cannot name it; ask by a host's name or address, or start the server with --public-url."
        ]
      )
    }
    return "\(scheme)://\(host)"
  }

  private static func isOfHost(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "."), UInt8(ascii: "-"),
      UInt8(ascii: "_"),
      UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"):
      true
    default: false
    }
  }
}
