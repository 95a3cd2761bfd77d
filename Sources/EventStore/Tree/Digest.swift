internal import CNettle

/// A SHA-256 hash (FIPS 180-4).
///
/// What it is derived with stands where it is declared: hashing takes no memory of its own, which for the short
/// texts of a tree is half of the work.
public struct Digest: Sendable {
  /// The 32 bytes.
  public private(set) var bytes = InlineArray<32, UInt8>(repeating: 0)

  static let byteCount = 32

  fileprivate init(taking context: inout sha256_ctx) {
    var taken = InlineArray<32, UInt8>(repeating: 0)
    withUnsafeMutableBytes(of: &taken) { place in
      auditcli_sha256_digest(&context, place.baseAddress?.assumingMemoryBound(to: UInt8.self))
    }
    bytes = taken
  }

  /// The hash of bytes.
  ///
  /// - Complexity: O(bytes).
  public init(of bytes: [UInt8]) {
    self = bytes.withUnsafeBytes { Digest(of: $0) }
  }

  /// The hash of bytes.
  init(of bytes: UnsafeRawBufferPointer) {
    var hash = Begun()
    hash.add(bytes)
    self = hash.finished()
  }
}

extension Digest {
  /// A hash of which not all bytes have come.
  struct Begun {
    private var context = sha256_ctx()

    init() { nettle_sha256_init(&context) }

    /// Takes in the bytes that come next.
    mutating func add(_ bytes: UnsafeRawBufferPointer) {
      guard let start = bytes.baseAddress else { return }
      nettle_sha256_update(&context, bytes.count, start.assumingMemoryBound(to: UInt8.self))
    }

    /// The hash of all that was taken in.
    consuming func finished() -> Digest { Digest(taking: &context) }
  }
}

extension Digest {
  /// Lends the 32 bytes.
  func withUnsafeBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try Swift.withUnsafeBytes(of: bytes, body)
  }

  /// The 32 bytes as an array.
  public var array: [UInt8] { withUnsafeBytes { Array($0) } }
}
