internal import CZstd
internal import Glibc

/// Decompresses rows into a buffer it keeps; one for each thread at a time.
final class Decompressor {
  private let context: OpaquePointer
  private var buffer: UnsafeMutableRawBufferPointer
  /// How often the buffer was filled: what it held before is gone.
  private(set) var uses = 0

  /// Bytes that may be read, but mean nothing, behind what was decompressed.
  static let padding = 64

  init() throws(LMDBError) {
    guard let created = ZSTD_createDCtx() else {
      throw LMDBError(code: ENOMEM, function: "ZSTD_createDCtx")
    }
    context = created
    buffer = .allocate(byteCount: 16 << 10, alignment: 64)
  }

  deinit {
    ZSTD_freeDCtx(context)
    buffer.deallocate()
  }

  /// The `size` bytes that `input` stands for; valid until the next call.
  ///
  /// - Throws: `ByteReader.Malformed` where the input is no frame of exactly that size.
  func decompress(
    _ input: UnsafeRawBufferPointer,
    size: Int,
    with dictionary: CompressionDictionary?
  ) throws(ByteReader.Malformed) -> UnsafeRawBufferPointer {
    reserve(size)
    ZSTD_DCtx_refDDict(context, dictionary?.decompression)
    let written = ZSTD_decompressDCtx(
      context,
      buffer.baseAddress,
      size,
      input.baseAddress,
      input.count
    )
    guard ZSTD_isError(written) == 0, written == size else { throw ByteReader.Malformed() }
    return UnsafeRawBufferPointer(rebasing: buffer[..<size])
  }

  /// A copy of bytes that were stored as they are, with padding behind them.
  func copy(_ input: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    reserve(input.count)
    buffer.copyMemory(from: input)
    return UnsafeRawBufferPointer(rebasing: buffer[..<input.count])
  }

  private func reserve(_ size: Int) {
    uses += 1
    guard buffer.count < size + Self.padding else { return }
    buffer.deallocate()
    buffer = .allocate(byteCount: (size + Self.padding) * 2, alignment: 64)
  }
}
