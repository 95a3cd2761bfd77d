/// A long value as it is kept: its dictionary, its size and its compressed bytes.
enum ValueRow {
  static func encode(
    _ bytes: [UInt8], _ compressor: Compressor, _ dictionary: CompressionDictionary?
  ) -> [UInt8] {
    var writer = ByteWriter(capacity: bytes.count / 2 + 8)
    let compressed = compressor.compress(bytes, with: dictionary)
    writer.byte(compressed == nil ? 0 : 1)
    writer.fixed(compressed == nil ? 0 : dictionary?.number ?? 0)
    writer.varint(UInt64(bytes.count))
    writer.bytes.append(contentsOf: compressed ?? bytes)
    return writer.bytes
  }

  static func decode(
    _ row: [UInt8], _ decompressor: Decompressor, _ dictionaries: DictionaryShelf
  ) throws -> [UInt8] {
    try row.withUnsafeBytes { row in
      var reader = ByteReader(row)
      let isCompressed = try reader.byte() == 1
      let dictionary = dictionaries.dictionary(try reader.fixed(UInt16.self))
      let size = try reader.varint()
      guard size <= EventLog.maximumDataSize else { throw ByteReader.Malformed() }
      let rest = reader.rest()
      guard isCompressed else { return Array(rest) }
      return Array(try decompressor.decompress(rest, size: Int(size), with: dictionary))
    }
  }
}
