internal import CZstd
internal import Glibc

/// Compresses rows; one for each thread at a time.
final class Compressor {
  private let context: OpaquePointer
  private var output: [UInt8] = []
  private var loaded: CompressionDictionary?

  /// One table of matches of at least seven bytes.
  ///
  /// A second table of shorter ones would save five bytes of an event's 440 and take half as much time
  /// again.
  private static let parameters: [(ZSTD_cParameter, CInt)] = [
    (ZSTD_c_strategy, CInt(ZSTD_fast.rawValue)), (ZSTD_c_minMatch, 7), (ZSTD_c_hashLog, 14),
    (ZSTD_c_windowLog, 18),
  ]

  init() throws(LMDBError) {
    guard let created = ZSTD_createCCtx() else {
      throw LMDBError(code: ENOMEM, function: "ZSTD_createCCtx")
    }
    context = created
    // The row holds the sizes and the dictionary's number.
    for (parameter, value) in Self.parameters { ZSTD_CCtx_setParameter(context, parameter, value) }
    ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 0)
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    ZSTD_CCtx_setParameter(context, ZSTD_c_dictIDFlag, 0)
  }

  deinit { ZSTD_freeCCtx(context) }

  /// The compressed bytes, or nil where they would not be fewer.
  func compress(_ input: [UInt8], with dictionary: CompressionDictionary?) -> [UInt8]? {
    guard input.count > 16 else { return nil }
    let bound = ZSTD_compressBound(input.count)
    if output.count < bound { output = [UInt8](repeating: 0, count: bound) }
    if dictionary !== loaded {
      ZSTD_CCtx_loadDictionary(context, dictionary?.bytes, dictionary?.bytes.count ?? 0)
      loaded = dictionary
    }
    let size = ZSTD_compress2(context, &output, output.count, input, input.count)
    guard ZSTD_isError(size) == 0, size < input.count else { return nil }
    return Array(output.prefix(size))
  }
}
