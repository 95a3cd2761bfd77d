/// The byte form of texts: reading, writing and checking it.
///
/// Nothing here traps on bytes that are not WTF-8; they read as U+FFFD.
enum WTF8 {
  /// What to do with the three-byte form of a surrogate.
  enum Surrogates {
    /// Only UTF-8 is valid.
    case refused
    /// WTF-8 is valid, too.
    case allowed
  }

  /// A code point and how many bytes it takes.
  struct Scalar {
    let code: UInt32
    let length: Int
  }

  /// Whether all bytes are ASCII.
  @inline(__always)
  static func isASCII(_ bytes: [UInt8]) -> Bool {
    // Without an early exit the compiler turns this into vector instructions.
    var union: UInt8 = 0
    for byte in bytes { union |= byte }
    return union < 0x80
  }

  /// Whether `byte` continues a sequence.
  @inline(__always)
  static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
}

// MARK: - Reading

extension WTF8 {
  /// The code point that starts at `position`, which must be a place in `bytes`.
  static func scalar(in bytes: [UInt8], at position: Int) -> Scalar {
    let first = bytes[position]
    if first < 0x80 { return Scalar(code: UInt32(first), length: 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0
    guard length > 0, position + length <= bytes.count else {
      return Scalar(code: 0xFFFD, length: 1)
    }
    var code = UInt32(first) & (0x7F >> UInt32(length))
    for offset in 1..<length {
      let byte = bytes[position + offset]
      guard isContinuation(byte) else { return Scalar(code: 0xFFFD, length: 1) }
      code = code << 6 | UInt32(byte & 0x3F)
    }
    guard code <= 0x10FFFF else { return Scalar(code: 0xFFFD, length: 1) }
    return Scalar(code: code, length: length)
  }

  /// Where the code point before `position` starts; `position` must be above 0.
  static func start(before position: Int, in bytes: [UInt8]) -> Int {
    var start = position - 1
    while start > 0, position - start < 4, isContinuation(bytes[start]) { start -= 1 }
    return start
  }

  /// How many UTF-16 units the bytes of `range` stand for.
  static func unitCount(_ bytes: ArraySlice<UInt8>) -> Int {
    var count = 0
    for byte in bytes {
      count &+= (isContinuation(byte) ? 0 : 1) &+ (byte >= 0xF0 ? 1 : 0)
    }
    return count
  }

  /// Whether the bytes start with a low surrogate that has no partner.
  static func startsWithLowSurrogate(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 3 && bytes[0] == 0xED && bytes[1] >= 0xB0
  }

  /// Whether the bytes end with a high surrogate that has no partner.
  static func endsWithHighSurrogate(_ bytes: [UInt8]) -> Bool {
    let count = bytes.count
    guard count >= 3, bytes[count - 3] == 0xED else { return false }
    return (0xA0..<0xB0).contains(bytes[count - 2])
  }
}

// MARK: - Writing

extension WTF8 {
  /// Appends a code point, surrogates in their three-byte form.
  static func append(code: UInt32, to bytes: inout [UInt8]) {
    switch code {
    case ..<0x80:
      bytes.append(UInt8(truncatingIfNeeded: code))
    case ..<0x800:
      bytes.append(UInt8(truncatingIfNeeded: 0xC0 | code >> 6))
      bytes.append(continuation(code))
    case ..<0x10000:
      bytes.append(UInt8(truncatingIfNeeded: 0xE0 | code >> 12))
      bytes.append(continuation(code >> 6))
      bytes.append(continuation(code))
    default:
      bytes.append(UInt8(truncatingIfNeeded: 0xF0 | code >> 18))
      bytes.append(continuation(code >> 12))
      bytes.append(continuation(code >> 6))
      bytes.append(continuation(code))
    }
  }

  /// Appends a UTF-16 unit; a low surrogate joins a high one at the end.
  static func append(unit: UInt16, to bytes: inout [UInt8]) {
    if unit & 0xFC00 == 0xDC00, endsWithHighSurrogate(bytes) {
      let high = scalar(in: bytes, at: bytes.count - 3).code
      bytes.removeLast(3)
      append(code: 0x10000 + (high - 0xD800) << 10 + UInt32(unit) - 0xDC00, to: &bytes)
    } else {
      append(code: UInt32(unit), to: &bytes)
    }
  }

  /// Appends WTF-8; surrogates that meet at the seam become a pair.
  static func append(_ more: [UInt8], to bytes: inout [UInt8]) {
    guard startsWithLowSurrogate(more), endsWithHighSurrogate(bytes) else {
      bytes.append(contentsOf: more)
      return
    }
    append(unit: UInt16(truncatingIfNeeded: scalar(in: more, at: 0).code), to: &bytes)
    bytes.append(contentsOf: more[3...])
  }

  /// Appends the high or low half of a code point above U+FFFF.
  static func appendHalf(of code: UInt32, low: Bool, to bytes: inout [UInt8]) {
    append(unit: low ? lowSurrogate(code) : highSurrogate(code), to: &bytes)
  }

  /// The first UTF-16 unit of a code point above U+FFFF.
  static func highSurrogate(_ code: UInt32) -> UInt16 {
    UInt16(truncatingIfNeeded: 0xD800 + (code &- 0x10000) >> 10)
  }

  /// The second UTF-16 unit of a code point above U+FFFF.
  static func lowSurrogate(_ code: UInt32) -> UInt16 {
    UInt16(truncatingIfNeeded: 0xDC00 + (code &- 0x10000) & 0x3FF)
  }

  private static func continuation(_ code: UInt32) -> UInt8 {
    UInt8(truncatingIfNeeded: 0x80 | code & 0x3F)
  }
}

// MARK: - Checking

extension WTF8 {
  /// Whether the bytes are UTF-8, or WTF-8 where surrogates are allowed.
  static func isValid(_ bytes: [UInt8], surrogates: Surrogates) -> Bool {
    if isASCII(bytes) { return true }
    var position = 0
    while position < bytes.count {
      let length = sequenceLength(in: bytes, at: position, surrogates: surrogates)
      guard length > 0 else { return false }
      position += length
    }
    return true
  }

  /// How many bytes the valid sequence at `position` has; 0 where there is none.
  static func sequenceLength(
    in bytes: [UInt8],
    at position: Int,
    surrogates: Surrogates
  ) -> Int {
    let first = bytes[position]
    if first < 0x80 { return 1 }
    let second = position + 1 < bytes.count ? bytes[position + 1] : 0
    let length: Int
    let seconds: ClosedRange<UInt8>
    switch first {
    case 0xC2...0xDF: (length, seconds) = (2, 0x80...0xBF)
    case 0xE0: (length, seconds) = (3, 0xA0...0xBF)
    case 0xED: (length, seconds) = (3, surrogates == .allowed ? 0x80...0xBF : 0x80...0x9F)
    case 0xE1...0xEF: (length, seconds) = (3, 0x80...0xBF)
    case 0xF0: (length, seconds) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, seconds) = (4, 0x80...0xBF)
    case 0xF4: (length, seconds) = (4, 0x80...0x8F)
    default: return 0
    }
    guard position + length <= bytes.count, seconds.contains(second) else { return 0 }
    for offset in 2..<max(2, length) where !isContinuation(bytes[position + offset]) { return 0 }
    return length
  }
}
