/// An event as its block holds it: the header read, the bytes not yet decompressed.
struct StoredEvent {
  let position: UInt64
  let header: EventHeader
  private let block: EventBlock
  private let decompressor: Decompressor
  private let dictionaries: DictionaryShelf

  /// The event at a position of the block's range.
  init(
    _ position: UInt64,
    in block: EventBlock,
    _ decompressor: Decompressor,
    _ dictionaries: DictionaryShelf
  ) {
    self.position = position
    self.block = block
    self.decompressor = decompressor
    self.dictionaries = dictionaries
    header = block.headers[Int(position - block.first)]
  }

  private var index: Int { Int(position - block.first) }
}

extension StoredEvent {
  /// Attributes and data in one run, valid until the decompressor is used for another block.
  func plain() throws -> UnsafeRawBufferPointer {
    guard header.attributesLength == 0 || !header.flags.contains(.attributesRedacted),
      header.dataLength == 0 || !header.flags.contains(.dataRedacted)
    else { throw corrupted("its sizes") }
    let whole = try block.plain(decompressor, dictionaries)
    return UnsafeRawBufferPointer(rebasing: whole[block.offsets[index]..<block.offsets[index + 1]])
  }

  /// The attributes' bytes.
  func encodedAttributes() throws -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: try plain().prefix(Int(header.attributesLength)))
  }

  /// The attributes.
  func attributes() throws -> EventAttributes {
    guard !header.flags.contains(.attributesRedacted) else { return .none }
    do {
      return try EventAttributes(decoding: try encodedAttributes())
    } catch let error as EventLogError { throw error } catch { throw corrupted("its attributes") }
  }

  /// The data; 64 bytes behind it may be read.
  func data() throws -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: try plain().dropFirst(Int(header.attributesLength)))
  }

  /// The whole event, copied.
  func event(type: [UInt8]) throws -> Event {
    let attributes = try attributes()
    return Event(
      position: Position(position),
      header,
      attributes,
      data: Array(try data()),
      type: type
    )
  }

  /// The leaf hash that the bytes give; of redacted parts the commitment that was kept stands in.
  func leaf(type: [UInt8]) throws -> [UInt8] {
    let plain = try plain()
    let length = Int(header.attributesLength)
    let seals = block.seals(index)
    let attributes =
      header.flags.contains(.attributesRedacted)
      ? seals.attributes
      : try LeafCommitment.attributes(
        salt: seals.attributes,
        encoded: UnsafeRawBufferPointer(rebasing: plain[..<length]),
        version: header.version
      )
    let data =
      header.flags.contains(.dataRedacted)
      ? seals.data
      : Hash.commitment(salt: seals.data, UnsafeRawBufferPointer(rebasing: plain[length...]))
    return LeafCommitment(
      type: type,
      recordedTime: header.recordedTime,
      attributes: attributes,
      data: data,
      cause: header.cause,
      conflict: header.conflict
    ).leafHash()
  }

  private func corrupted(_ what: String) -> EventLogError {
    .corrupted(at: Position(position), reason: "\(what) do not decode")
  }
}
