/// Goes through the bytes of a request's head, from front to back.
struct HeadScan {
  /// The bytes that have been gone through.
  private(set) var place = 0
  private let bytes: UnsafeRawBufferPointer

  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
  }

  /// Goes behind the next bytes of a kind and the one that ends them; nil where there is none, or another one behind them.
  mutating func word(_ kind: Kind, endedBy end: UInt8) -> Range<Int>? {
    let start = place
    while place < bytes.count, kind.contains(bytes[place]) { place += 1 }
    guard place > start, place < bytes.count, bytes[place] == end else { return nil }
    defer { place += 1 }
    return start..<place
  }

  /// Goes behind a text, where it comes next.
  mutating func skip(_ text: StaticString) -> Bool {
    guard bytes.count - place >= text.utf8CodeUnitCount else { return false }
    for offset in 0..<text.utf8CodeUnitCount
    where bytes[place + offset] != text.utf8Start[offset] { return false }
    place += text.utf8CodeUnitCount
    return true
  }

  /// Goes behind the line of a field; nil where none comes next.
  mutating func field() -> (name: Range<Int>, value: Range<Int>)? {
    guard let name = word(.token, endedBy: UInt8(ascii: ":")) else { return nil }
    let space = UInt8(ascii: " ")
    while place < bytes.count, bytes[place] == space { place += 1 }
    guard let value = word(.printable, endedBy: UInt8(ascii: "\r")), skip("\n"),
      bytes[value.upperBound - 1] != space
    else { return nil }
    return (name, value)
  }
}

extension HeadScan {
  /// A set of ASCII characters.
  struct Kind {
    private let low: UInt64
    private let high: UInt64

    private init(_ characters: String.UTF8View) {
      var (low, high) = (UInt64(0), UInt64(0))
      for character in characters {
        let bit = UInt64(1) << UInt64(character & 63)
        if character < 64 { low |= bit } else { high |= bit }
      }
      (self.low, self.high) = (low, high)
    }

    func contains(_ byte: UInt8) -> Bool {
      let word = byte < 64 ? low : high
      return byte < 128 && word & (1 << UInt64(byte & 63)) != 0
    }

    private static let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    private static let digits = "0123456789"

    /// What methods are made of.
    static let letter = Kind(letters.utf8)
    /// What names of fields are made of (RFC 9110, 5.6.2).
    static let token = Kind("\(letters)\(digits)!#$%&'*+-.^_`|~".utf8)
    /// What a path and its query are made of (RFC 3986, 3.3 and 3.4).
    static let target = Kind("\(letters)\(digits)-._~!$&'()*+,;=:@/?%".utf8)
    /// What values of fields are made of, as far as all take them for the same.
    static let printable = Kind(String((32...126).map { Character(Unicode.Scalar($0)) }).utf8)
  }
}
