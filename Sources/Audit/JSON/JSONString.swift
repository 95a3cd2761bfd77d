/// JSON string literals, read from and written to text outside a document.
enum JSONString {
  /// The bytes a literal's inside stands for, or nil when an escape is wrong or lonely.
  static func unescape(_ inside: some Collection<UInt8>) -> [UInt8]? {
    var result: [UInt8] = []
    result.reserveCapacity(inside.count)
    var rest = inside[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        result.append(byte)
        continue
      }
      guard let letter = rest.popFirst() else { return nil }
      if letter == UInt8(ascii: "u") {
        guard let scalar = popScalar(&rest) else { return nil }
        result.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      } else {
        guard let meaning = escaped(letter) else { return nil }
        result.append(meaning)
      }
    }
    return result
  }

  private static func escaped(_ letter: UInt8) -> UInt8? {
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: nil
    }
  }

  private static func popScalar<Rest: Collection<UInt8>>(_ rest: inout Rest) -> Unicode.Scalar?
  where Rest.SubSequence == Rest {
    guard let unit = popUnit(&rest) else { return nil }
    guard unit & 0xFC00 == 0xD800 else { return Unicode.Scalar(UInt32(unit)) }
    guard rest.popFirst() == UInt8(ascii: "\\"), rest.popFirst() == UInt8(ascii: "u"),
      let low = popUnit(&rest), low & 0xFC00 == 0xDC00
    else { return nil }
    return Unicode.Scalar(0x10000 + (UInt32(unit & 0x3FF) << 10 | UInt32(low & 0x3FF)))
  }

  private static func popUnit<Rest: Collection<UInt8>>(_ rest: inout Rest) -> UInt16?
  where Rest.SubSequence == Rest {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let digit = rest.popFirst()?.hexDigit else { return nil }
      unit = unit << 4 | UInt16(digit)
    }
    return unit
  }

  /// A literal with its quotes; quotes, backslashes and control characters are escaped.
  static func literal(_ text: some Sequence<UInt8>) -> String {
    var result: [UInt8] = [UInt8(ascii: "\"")]
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        result += [UInt8(ascii: "\\"), byte]
      case 0..<0x20:
        let digits = Array("0123456789abcdef".utf8)
        result += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default:
        result.append(byte)
      }
    }
    result.append(UInt8(ascii: "\""))
    return String(decoding: result, as: UTF8.self)
  }
}
