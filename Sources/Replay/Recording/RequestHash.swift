internal import Crypto
public import Values

/// The SHA-256 of a request's canonical form: equal requests have equal hashes.
public struct RequestHash: Hashable, Sendable {
  /// The 32 bytes.
  public let bytes: [UInt8]

  /// The hash of a request.
  ///
  /// - Complexity: O(*n*) in the size of the request.
  public init(_ request: Value) {
    var writer = JSONWriter(form: .canonicalRecorded, capacity: 512)
    writer.append(request)
    bytes = Array(SHA256.hash(data: writer.bytes))
  }

  /// Makes a hash of its hexadecimal digits, or nil where the text is no such hash.
  public init?(hexadecimal text: Text) {
    guard let bytes = Hexadecimal.decode(text), bytes.count == 32 else { return nil }
    self.bytes = bytes
  }

  /// The hash as 64 lower-case hexadecimal digits.
  public var hexadecimal: Text { Hexadecimal.encode(bytes) }
}

extension RequestHash: CustomStringConvertible {
  /// The hash as hexadecimal digits.
  public var description: String { hexadecimal.description }
}
