/// The head of a request in the form that clients write it, where it can be read in one way only.
///
/// Each of its bytes was looked at: fields of printable ASCII on a line each, one host, a length of the body or
/// none, no chunks and no other protocol. So all readers of HTTP/1.1 take it for the same, and where the request
/// ends is known (RFC 9112, 6.3). Any other head is for a reader that knows all of HTTP.
struct PlainHead: Sendable {
  /// How many bytes it has, the empty line that ends it included.
  var count: Int { bytes.count }
  let isPost: Bool
  /// How many bytes of body follow.
  let bodyLength: Int
  /// Whether the connection is to be closed behind the answer.
  let closes: Bool
  /// Whether more is asked than that the body be taken as it is.
  let asksMore: Bool
  private let bytes: [UInt8]
  private let target: Range<Int>
  private let fields: [(name: Range<Int>, value: Range<Int>)]

  /// As many fields as any head may have.
  static let fieldLimit = 100

  /// Reads the head that bytes begin with; nil where that is no such head, or not all of it is there.
  init?(startOf bytes: UnsafeRawBufferPointer) {
    var scan = HeadScan(bytes)
    guard let method = scan.word(.letter, endedBy: UInt8(ascii: " ")),
      let target = scan.word(.target, endedBy: UInt8(ascii: " ")),
      bytes[target.lowerBound] == UInt8(ascii: "/"), scan.skip("HTTP/1.1\r\n")
    else { return nil }
    var (meaning, fields) = (Meaning(), [(name: Range<Int>, value: Range<Int>)]())
    fields.reserveCapacity(12)
    while !scan.skip("\r\n") {
      guard fields.count < Self.fieldLimit, let field = scan.field(),
        meaning.take(bytes[field.name], bytes[field.value])
      else { return nil }
      fields.append(field)
    }
    guard meaning.hasHost else { return nil }
    isPost = bytes[method].elementsEqual("POST".utf8)
    bodyLength = meaning.length ?? 0
    (closes, asksMore) = (meaning.closes, meaning.asksMore)
    self.bytes = Array(bytes[..<scan.place])
    (self.target, self.fields) = (target, fields)
  }

  /// The value of the first field of a name, which is given in lower case.
  subscript(name: String) -> String? {
    let field = fields.first { bytes[$0.name].isText(name) }
    return field.map { text($0.value) }
  }

  /// All fields by their names in lower case; of a repeated one the first.
  var all: [String: String] {
    Dictionary(fields.map { (text($0.name).lowercased(), text($0.value)) }) { first, _ in first }
  }

  /// The address up to its question mark.
  var path: String { text(target.lowerBound..<mark) }

  /// The address behind its question mark.
  var rawQuery: String { text(min(mark + 1, target.upperBound)..<target.upperBound) }

  private var mark: Int {
    bytes[target].firstIndex(of: UInt8(ascii: "?")) ?? target.upperBound
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }
}

extension PlainHead {
  /// What fields say of the request itself.
  private struct Meaning {
    var hasHost = false
    var length: Int?
    var closes = false
    var asksMore = false

    /// No longer length is read; so long a body is refused anyway.
    private static let digits = 7

    /// Takes in a field; whether the head can still be read in one way only.
    mutating func take(
      _ name: Slice<UnsafeRawBufferPointer>,
      _ value: Slice<UnsafeRawBufferPointer>
    ) -> Bool {
      switch name.count {
      case 4 where name.isText("host"):
        defer { hasHost = true }
        return !hasHost
      case 6 where name.isText("expect"), 16 where name.isText("content-encoding"):
        asksMore = true
      case 7 where name.isText("upgrade"), 17 where name.isText("transfer-encoding"):
        return false
      case 10 where name.isText("connection"):
        guard !value.isText("close") else {
          closes = true
          break
        }
        return value.isText("keep-alive")
      case 14 where name.isText("content-length"):
        guard length == nil, value.count <= Self.digits,
          value.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return false }
        length = value.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
      default: break
      }
      return true
    }
  }
}

extension Collection where Element == UInt8 {
  /// Whether these bytes are a text in lower case, theirs left out of account.
  fileprivate func isText(_ text: String) -> Bool {
    count == text.utf8.count
      && zip(self, text.utf8).allSatisfy { byte, other in
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 32 == other : byte == other
      }
  }
}
