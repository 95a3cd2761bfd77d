/// The origin that a URL or a host name stands for.
enum Origin {
  /// Scheme and host (and a port, if given) of a URL, in small letters; nil when it has no host.
  static func ofURL(_ url: UnsafeRawBufferPointer) -> [UInt8]? {
    guard let colon = url.firstIndex(of: UInt8(ascii: ":")), colon > 0,
      url[..<colon].allSatisfy(isSchemeByte), url.count > colon + 3,
      url[colon + 1] == UInt8(ascii: "/"), url[colon + 2] == UInt8(ascii: "/")
    else { return nil }
    let rest = url[(colon + 3)...]
    let end = rest.firstIndex { "/?#".utf8.contains($0) } ?? rest.endIndex
    let authority = rest[..<end]
    let host = authority.lastIndex(of: UInt8(ascii: "@")).map { authority[($0 + 1)...] }
    let name = host ?? authority
    guard isHost(name) else { return nil }
    let scheme = url[..<(colon + 3)].map(\.asciiLowered)
    return scheme + withoutDefaultPort(name.map(\.asciiLowered), scheme)
  }

  private static func withoutDefaultPort(_ name: [UInt8], _ scheme: [UInt8]) -> [UInt8] {
    let ports = ["https://": ":443", "http://": ":80"]
    for (with, port) in ports where scheme.elementsEqual(with.utf8) {
      let stem = name.dropLast(port.utf8.count)
      if !stem.isEmpty, name[stem.endIndex...].elementsEqual(port.utf8) { return Array(stem) }
    }
    return name
  }

  /// `https://` and the host name, in small letters; nil when it is no host name.
  static func ofHost(_ host: UnsafeRawBufferPointer) -> [UInt8]? {
    guard isHost(host[...]) else { return nil }
    return Array("https://".utf8) + host.map(\.asciiLowered)
  }

  private static func isSchemeByte(_ byte: UInt8) -> Bool {
    let lowered = byte.asciiLowered
    return lowered >= 0x61 && lowered <= 0x7A || byte.isDigit || "+-.".utf8.contains(byte)
  }

  private static func isHost(_ name: Slice<UnsafeRawBufferPointer>) -> Bool {
    !name.isEmpty && name.count <= 260
      && name.allSatisfy { $0 > 0x20 && $0 != 0x7F && !"\"'()<>\\^`{|}".utf8.contains($0) }
  }
}

extension Origin {
  /// An origin as it is compared: of a URL or a host name with a dot its scheme and host, else the
  /// text itself, such as `slack:T0123`.
  static func normalized(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBytes { bytes in
      let isHost = bytes.contains(UInt8(ascii: ".")) && !bytes.contains { ":/".utf8.contains($0) }
      return ofURL(bytes) ?? (isHost ? ofHost(bytes) : nil) ?? Array(bytes)
    }
  }
}
