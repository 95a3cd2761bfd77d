internal import CZstd
internal import Glibc

/// Compresses rows; one for each thread at a time.
final class Compressor {
  private let context: OpaquePointer
  private var output: [UInt8] = []
  /// The dictionary the context refers to, and where its bytes stand.
  private var loaded: (dictionary: CompressionDictionary, address: UnsafeRawPointer)?
  /// What single values are compressed in.
  private var single = BlockText()
  /// The memory of blocks, between two builders.
  private var spare = BlockText()

  /// One table of matches of at least seven bytes, small enough to stay in the processor's first cache.
  ///
  /// Matches are looked for at two places of three, which saves a twelfth of the time for four bytes of an event. zstd
  /// would take that for a wish to leave literals as they are.
  ///
  /// A table of twice the size would save ten bytes of an event and take an eighth more time; a second table, of
  /// shorter matches, five bytes, and half as much time again.
  private static let parameters: [(ZSTD_cParameter, CInt)] = [
    (ZSTD_c_strategy, CInt(ZSTD_fast.rawValue)), (ZSTD_c_minMatch, 7), (ZSTD_c_hashLog, 13),
    (ZSTD_c_windowLog, 18), (ZSTD_c_targetLength, 2),
    (auditcli_literal_compression, 1),
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

  /// Memory to write blocks in, to be given back.
  func takeText() -> BlockText {
    defer { spare = BlockText() }
    return spare
  }

  /// Takes back what `takeText` gave out.
  func giveBack(_ text: BlockText) {
    spare = text
    spare.begin(with: text.dictionary)
  }

  /// The compressed bytes, or nil where they would not be fewer.
  func compress(_ input: [UInt8], with dictionary: CompressionDictionary?) -> [UInt8]? {
    single.begin(with: dictionary)
    single.writer.bytes.append(contentsOf: input)
    defer { single.begin(with: dictionary) }
    return compress(single)
  }

  /// The bytes of the block, compressed; nil where they would not be fewer.
  func compress(_ text: borrowing BlockText) -> [UInt8]? {
    let count = text.count
    guard count > 16 else { return nil }
    let bound = ZSTD_compressBound(count)
    if output.count < bound { output = [UInt8](repeating: 0, count: bound) }
    let size = text.writer.bytes.withUnsafeBytes { bytes in
      load(text.dictionary, at: bytes.baseAddress)
      let block = UnsafeRawBufferPointer(rebasing: bytes[text.start...])
      return ZSTD_compress2(context, &output, output.count, block.baseAddress, block.count)
    }
    guard ZSTD_isError(size) == 0, size < count else { return nil }
    return Array(output.prefix(size))
  }

  /// Lends the dictionary to the context, where its bytes stand in front of what is to be compressed.
  ///
  /// The context looks at them while it compresses, and at no other time.
  private func load(_ dictionary: CompressionDictionary?, at address: UnsafeRawPointer?) {
    if let loaded, loaded.dictionary === dictionary, loaded.address == address { return }
    guard dictionary != nil || loaded != nil else { return }
    loaded = nil
    ZSTD_CCtx_refCDict(context, nil)
    guard let dictionary, let address else { return }
    ZSTD_CCtx_loadDictionary_byReference(context, address, dictionary.bytes.count)
    loaded = (dictionary, address)
  }
}
