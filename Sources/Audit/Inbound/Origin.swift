/// The origin that a URL or a host name stands for.
enum Origin {
  /// Scheme and host (and a port, if given) of a URL, in small letters; nil when it has no host.
  static func ofURL(_ url: UnsafeRawBufferPointer) -> [UInt8]? {
    guard let colon = url.firstIndex(of: UInt8(ascii: ":")), colon > 0,
      url[..<colon].allSatisfy(isSchemeByte), url.count > colon + 3,
      url[colon + 1] == UInt8(ascii: "/"), url[colon + 2] == UInt8(ascii: "/")
    else { return nil }
    let rest = url[(colon + 3)...]
    let end = rest.firstIndex(where: isEndOfAuthority) ?? rest.endIndex
    let authority = rest[..<end]
    let host = authority.lastIndex(of: UInt8(ascii: "@")).map { authority[($0 + 1)...] }
    let name = host ?? authority
    guard isHost(name) else { return nil }
    var origin: [UInt8] = []
    origin.reserveCapacity(colon + 3 + name.count)
    for byte in url[..<(colon + 3)] { origin.append(byte.asciiLowered) }
    let port = defaultPort(of: origin)
    for byte in name { origin.append(byte.asciiLowered) }
    if name.count > port.utf8CodeUnitCount, ends(origin, with: port) {
      origin.removeLast(port.utf8CodeUnitCount)
    }
    return origin
  }

  /// The port that a scheme and its `://` have where none is given, as it would be written; else nothing.
  private static func defaultPort(of scheme: [UInt8]) -> StaticString {
    if scheme.elementsEqual("https://".utf8) { return ":443" }
    return scheme.elementsEqual("http://".utf8) ? ":80" : ""
  }

  private static func ends(_ bytes: [UInt8], with end: StaticString) -> Bool {
    end.withUTF8Buffer { bytes.suffix($0.count).elementsEqual($0) }
  }

  /// `https://` and the host name, in small letters; nil when it is no host name.
  static func ofHost(_ host: UnsafeRawBufferPointer) -> [UInt8]? {
    guard isHost(host[...]) else { return nil }
    return Array("https://".utf8) + host.map(\.asciiLowered)
  }

  private static func isSchemeByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }

  private static func isEndOfAuthority(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
  }

  private static func isHost(_ name: Slice<UnsafeRawBufferPointer>) -> Bool {
    !name.isEmpty && name.count <= 260 && name.allSatisfy(isHostByte)
  }

  private static func isHostByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...0x20, 0x7F, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "("),
      UInt8(ascii: ")"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"),
      UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "|"),
      UInt8(ascii: "}"):
      false
    default: true
    }
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
