internal import CZstd
internal import Glibc

/// Compresses rows; one for each thread at a time.
final class Compressor {
  private let context: OpaquePointer
  private var output: [UInt8] = []
  private var loaded: CompressionDictionary?
  /// The dictionary's bytes and, behind them, those that are being compressed.
  private var window = UnsafeMutableRawBufferPointer(start: nil, count: 0)

  /// One table of matches of at least seven bytes, small enough to stay in the processor's first cache.
  ///
  /// One of twice the size would save ten bytes of an event and take an eighth more time; a second table, of
  /// shorter matches, five bytes, and half as much time again.
  private static let parameters: [(ZSTD_cParameter, CInt)] = [
    (ZSTD_c_strategy, CInt(ZSTD_fast.rawValue)), (ZSTD_c_minMatch, 7), (ZSTD_c_hashLog, 13),
    (ZSTD_c_windowLog, 18),
  ]

  /// How many bytes are looked through as one with the dictionary: a block and an event more.
  private static let room = EventBlock.fullBytes + (64 << 10)

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

  deinit {
    ZSTD_freeCCtx(context)
    window.deallocate()
  }

  /// The compressed bytes, or nil where they would not be fewer.
  func compress(_ input: [UInt8], with dictionary: CompressionDictionary?) -> [UInt8]? {
    guard input.count > 16 else { return nil }
    let bound = ZSTD_compressBound(input.count)
    if output.count < bound { output = [UInt8](repeating: 0, count: bound) }
    if dictionary !== loaded { load(dictionary) }
    let size = input.withUnsafeBytes { input in
      let placed = place(input)
      return ZSTD_compress2(context, &output, output.count, placed.baseAddress, placed.count)
    }
    guard ZSTD_isError(size) == 0, size < input.count else { return nil }
    return Array(output.prefix(size))
  }

  /// Copies the dictionary to where inputs can stand behind it, and lends it to the context.
  private func load(_ dictionary: CompressionDictionary?) {
    let bytes = dictionary?.bytes ?? []
    ZSTD_CCtx_refCDict(context, nil)
    window.deallocate()
    window = .allocate(byteCount: bytes.count + Self.room, alignment: 16)
    window.copyBytes(from: bytes)
    ZSTD_CCtx_loadDictionary_byReference(context, window.baseAddress, bytes.count)
    loaded = dictionary
  }

  /// The input, behind the dictionary where there is room.
  ///
  /// There zstd takes both for one text, which is an eighth faster and gives the same bytes.
  private func place(_ input: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    guard let loaded, input.count <= Self.room else { return input }
    let place = UnsafeMutableRawBufferPointer(
      rebasing: window[loaded.bytes.count..<loaded.bytes.count + input.count]
    )
    place.copyMemory(from: input)
    return UnsafeRawBufferPointer(place)
  }
}
