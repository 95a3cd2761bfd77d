/// A long value that events of one owner refer to by length and hash.
public struct StoredValue: Hashable, Sendable {
  /// Whose value it is; values are kept once for each owner and erased with it.
  public let owner: [UInt8]
  /// SHA-256 over the owner's salt and the value.
  public let hash: [UInt8]
  /// The bytes.
  public let bytes: [UInt8]

  /// Makes a value to be kept beside the events of a batch.
  public init(owner: [UInt8], hash: [UInt8], bytes: [UInt8]) {
    self.owner = owner
    self.hash = hash
    self.bytes = bytes
  }
}
