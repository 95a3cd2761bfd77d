internal import Glibc

/// A range of addresses, such as `10.0.0.0/8` or `fd00::/8`.
struct Network: Hashable, Sendable {
  /// The address as 16 bytes, an IPv4 address in its mapped form `::ffff:a.b.c.d`.
  let bytes: [UInt8]
  /// How many of the 128 bits must agree.
  let length: Int
  /// Whether it is a range of IPv4 addresses; those of the other kind are never in it.
  private let isIPv4: Bool

  /// Reads a range, or one address; nil where the text is neither.
  init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let address = NetworkAddress(String(parts[0])) else { return nil }
    let offset = parts[0].contains(":") ? 0 : 96
    var length = 128
    if parts.count == 2 {
      guard let given = Int(parts[1]), parts[1].allSatisfy(\.isNumber), given >= 0,
        given + offset <= 128
      else { return nil }
      length = given + offset
    }
    bytes = address.bytes
    self.length = length
    isIPv4 = address.isIPv4 && length >= 96
  }

  /// Whether an address lies in the range.
  func contains(_ address: NetworkAddress) -> Bool {
    guard address.isIPv4 == isIPv4 else { return false }
    let whole = length / 8
    guard bytes[..<whole] == address.bytes[..<whole] else { return false }
    let rest = length % 8
    guard rest > 0 else { return true }
    return (bytes[whole] ^ address.bytes[whole]) >> UInt8(8 - rest) == 0
  }
}

/// An IPv4 or IPv6 address.
struct NetworkAddress: Hashable, Sendable {
  /// 16 bytes, an IPv4 address in its mapped form.
  let bytes: [UInt8]

  /// Whether it is an IPv4 address, written as one or mapped.
  var isIPv4: Bool { bytes.starts(with: Self.mapped) }

  private static let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255]

  init(bytes: [UInt8]) {
    precondition(bytes.count == 4 || bytes.count == 16, "An address has 4 or 16 bytes.")
    self.bytes = bytes.count == 4 ? Self.mapped + bytes : bytes
  }

  /// Reads an address, nil where the text is none.
  init?(_ text: String) {
    var bytes = [UInt8](repeating: 0, count: 16)
    if inet_pton(AF_INET, text, &bytes) == 1 {
      self.init(bytes: Array(bytes[..<4]))
    } else if inet_pton(AF_INET6, text, &bytes) == 1 {
      self.init(bytes: bytes)
    } else {
      return nil
    }
  }
}

extension NetworkAddress: CustomStringConvertible {
  /// The address as it is usually written.
  var description: String {
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let written =
      isIPv4
      ? inet_ntop(AF_INET, Array(bytes[12...]), &text, socklen_t(text.count))
      : inet_ntop(AF_INET6, bytes, &text, socklen_t(text.count))
    guard written != nil else { return "an address" }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
