internal import CZstd

/// A trained dictionary, digested once for decompression.
///
/// The digest is immutable after the initialiser, and zstd allows any number of contexts on any
/// thread to refer to it.
final class CompressionDictionary {
  /// The dictionary's number in the store; rows name it.
  let number: UInt16
  let bytes: [UInt8]
  let decompression: OpaquePointer

  /// Segments of 2,000 bytes, scored by the runs of eight bytes in them: what a search over several
  /// lengths finds best for events, at a tenth of its time.
  private static let parameters = {
    var parameters = ZDICT_fastCover_params_t()
    parameters.k = 2000
    parameters.d = 8
    parameters.f = 18
    parameters.accel = 2
    parameters.splitPoint = 1
    parameters.zParams.compressionLevel = 1
    return parameters
  }()

  init?(number: UInt16, bytes: [UInt8]) {
    guard let decompression = ZSTD_createDDict(bytes, bytes.count) else { return nil }
    self.number = number
    self.bytes = bytes
    self.decompression = decompression
  }

  deinit { ZSTD_freeDDict(decompression) }

  /// Trains a dictionary of at most `capacity` bytes, or is nil where the samples do not suffice.
  ///
  /// The samples must hold nothing about a person: a dictionary outlives what it was made from.
  static func train(samples: [[UInt8]], capacity: Int) -> [UInt8]? {
    let joined = Array(samples.joined())
    let sizes = samples.map(\.count)
    var dictionary = [UInt8](repeating: 0, count: capacity)
    let size = ZDICT_trainFromBuffer_fastCover(
      &dictionary,
      capacity,
      joined,
      sizes,
      CUnsignedInt(sizes.count),
      parameters
    )
    guard ZDICT_isError(size) == 0 else { return nil }
    return Array(dictionary.prefix(size))
  }
}

// The pointer is read-only after `init`; see the type's comment.
extension CompressionDictionary: @unchecked Sendable {}
