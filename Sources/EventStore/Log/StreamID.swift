/// The name of a stream: the ordered events of one subject.
///
/// A name holds a kind and an id, such as `execution-8d2f…`; never a mail address or another thing
/// about a person, since names outlive the data they once stood beside.
public struct StreamID: Hashable, Sendable, CustomStringConvertible {
  /// The name in UTF-8.
  public let bytes: [UInt8]

  /// Makes a stream's name.
  public init(_ name: String) {
    bytes = Array(name.utf8)
  }

  /// Makes a stream's name of its bytes.
  public init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The name as text.
  public var description: String { String(decoding: bytes, as: UTF8.self) }
}
