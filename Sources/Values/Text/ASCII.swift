/// Facts about single ASCII bytes.
enum ASCII {
  /// The value of a hexadecimal digit of either case.
  static func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }

  /// The lower-case hexadecimal digit of the last four bits.
  static func hexDigit(_ value: UInt8) -> UInt8 {
    let value = value & 0xF
    return value < 10 ? 0x30 + value : 0x61 + value - 10
  }
}
