/// A long value as it is kept: how, its dictionary, its size, a check over key and bytes, and the bytes.
enum ValueRow {
  static func encode(
    _ bytes: [UInt8],
    key: [UInt8],
    _ compressor: Compressor,
    _ dictionary: CompressionDictionary?
  ) -> [UInt8] {
    var writer = ByteWriter(capacity: bytes.count / 2 + 16)
    let compressed = compressor.compress(bytes, with: dictionary)
    writer.byte(compressed == nil ? 0 : 1)
    writer.fixed(compressed == nil ? 0 : dictionary?.number ?? 0)
    writer.varint(UInt64(bytes.count))
    writer.fixed(Checksum.of(key, bytes))
    writer.bytes.append(contentsOf: compressed ?? bytes)
    return writer.bytes
  }

  /// - Throws: Where the row does not give the bytes that were stored.
  static func decode(
    _ row: [UInt8],
    key: [UInt8],
    _ decompressor: Decompressor,
    _ dictionaries: DictionaryShelf
  ) throws -> [UInt8] {
    try row.withUnsafeBytes { row in
      var reader = ByteReader(row)
      let form = try reader.byte()
      let number = try reader.fixed(UInt16.self)
      let size = try reader.varint()
      let check = try reader.fixed(UInt32.self)
      let rest = reader.rest()
      guard form <= 1, size <= EventLog.maximumDataSize else { throw ByteReader.Malformed() }
      let dictionary = dictionaries.dictionary(number)
      guard number == 0 || dictionary != nil else { throw ByteReader.Malformed() }
      let bytes =
        form == 0
        ? Array(rest) : Array(try decompressor.decompress(rest, size: Int(size), with: dictionary))
      guard bytes.count == Int(size), Checksum.of(key, bytes) == check else {
        throw ByteReader.Malformed()
      }
      return bytes
    }
  }
}
