internal import Values

/// Percent-encoding of parts of a URL (RFC 3986, section 2.1).
enum PercentEncoding {
  /// Everything but unreserved characters encoded.
  static func encode(_ text: Text) -> Text {
    var bytes: [UInt8] = []
    for byte in text.bytes {
      if isUnreserved(byte) {
        bytes.append(byte)
      } else {
        bytes.append(UInt8(ascii: "%"))
        bytes.append(digit(byte >> 4))
        bytes.append(digit(byte & 15))
      }
    }
    return Text(wtf8: bytes)
  }

  /// Names and values of an object as a query or form; a list stands as its items, null not at all.
  static func encode(_ object: Object) -> Text {
    var pairs: [Text] = []
    for (name, value) in object {
      let values: [Value] = if case .list(let items) = value { items } else { [value] }
      for value in values where !value.isNull {
        pairs.append(encode(name) + "=" + encode(value.written))
      }
    }
    return Text.joined(pairs, separator: "&")
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"):
      true
    default: false
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
  }
}
