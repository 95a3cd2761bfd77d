internal import CZstd
internal import Glibc

/// Compresses rows; one for each thread at a time.
final class Compressor {
  private let context: OpaquePointer
  private var output: [UInt8] = []

  init() throws(LMDBError) {
    guard let created = ZSTD_createCCtx() else {
      throw LMDBError(code: ENOMEM, function: "ZSTD_createCCtx")
    }
    context = created
    // The row holds the sizes and the dictionary's number.
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, CompressionDictionary.level)
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
    ZSTD_CCtx_refCDict(context, dictionary?.compression)
    let size = ZSTD_compress2(context, &output, output.count, input, input.count)
    guard ZSTD_isError(size) == 0, size < input.count else { return nil }
    return Array(output.prefix(size))
  }
}
