internal import CZstd

/// A trained dictionary, digested once for compression and once for decompression.
///
/// The digests are immutable after the initialiser, and zstd allows any number of contexts on any
/// thread to refer to them.
final class CompressionDictionary {
  /// The dictionary's number in the store; rows name it.
  let number: UInt16
  let bytes: [UInt8]
  let compression: OpaquePointer
  let decompression: OpaquePointer

  /// The level all rows are compressed at.
  static let level: CInt = 1

  init?(number: UInt16, bytes: [UInt8]) {
    guard let compression = ZSTD_createCDict(bytes, bytes.count, Self.level) else { return nil }
    guard let decompression = ZSTD_createDDict(bytes, bytes.count) else {
      ZSTD_freeCDict(compression)
      return nil
    }
    self.number = number
    self.bytes = bytes
    self.compression = compression
    self.decompression = decompression
  }

  deinit {
    ZSTD_freeCDict(compression)
    ZSTD_freeDDict(decompression)
  }

  /// Trains a dictionary of at most `capacity` bytes, or is nil where the samples do not suffice.
  ///
  /// The samples must hold nothing about a person: a dictionary outlives what it was made from.
  static func train(samples: [[UInt8]], capacity: Int) -> [UInt8]? {
    let joined = Array(samples.joined())
    let sizes = samples.map(\.count)
    var dictionary = [UInt8](repeating: 0, count: capacity)
    let size = ZDICT_trainFromBuffer(
      &dictionary,
      capacity,
      joined,
      sizes,
      CUnsignedInt(sizes.count)
    )
    guard ZDICT_isError(size) == 0 else { return nil }
    return Array(dictionary.prefix(size))
  }
}

// The pointers are read-only after `init`; see the type's comment.
extension CompressionDictionary: @unchecked Sendable {}
