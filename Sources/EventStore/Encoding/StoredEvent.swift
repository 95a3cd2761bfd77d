/// An event as its row lies in the map: the header read, the bytes not yet decompressed.
///
/// Valid only inside the closure it is lent to.
struct StoredEvent {
  let position: UInt64
  let header: EventHeader
  private let payload: UnsafeRawBufferPointer
  private let decompressor: Decompressor
  private let dictionaries: DictionaryShelf

  init(
    _ position: UInt64, _ row: UnsafeRawBufferPointer, _ decompressor: Decompressor,
    _ dictionaries: DictionaryShelf
  ) throws {
    self.position = position
    self.decompressor = decompressor
    self.dictionaries = dictionaries
    var reader = ByteReader(row)
    do {
      header = try EventHeader(&reader)
    } catch {
      throw EventLogError.corrupted(at: Position(position), reason: "the header is malformed")
    }
    payload = reader.rest()
  }
}

extension StoredEvent {
  /// Attributes and data in one run, valid until the decompressor is used again.
  func plain() throws -> UnsafeRawBufferPointer {
    let size = Int(header.attributesLength) + Int(header.dataLength)
    guard size <= EventLog.maximumDataSize + (1 << 20) else { throw corrupted("its sizes") }
    if header.flags.contains(.stored) {
      guard payload.count == size else { throw corrupted("its size") }
      return decompressor.copy(payload)
    }
    guard header.dictionary == 0 || dictionaries.dictionary(header.dictionary) != nil else {
      throw corrupted("its dictionary")
    }
    do {
      return try decompressor.decompress(
        payload, size: size, with: dictionaries.dictionary(header.dictionary))
    } catch { throw corrupted("its compressed bytes") }
  }

  /// The attributes' bytes.
  func encodedAttributes() throws -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: try plain().prefix(Int(header.attributesLength)))
  }

  /// The attributes.
  func attributes() throws -> EventAttributes {
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
      position: Position(position), recordedTime: header.recordedTime,
      timestamp: header.timestamp, type: String(decoding: type, as: UTF8.self),
      version: header.version,
      cause: header.cause == LeafCommitment.noLink ? nil : Position(header.cause),
      conflictsWith: header.conflict == LeafCommitment.noLink ? nil : Position(header.conflict),
      attributes: attributes, data: Array(try data()), leaf: header.leaf)
  }

  private func corrupted(_ what: String) -> EventLogError {
    .corrupted(at: Position(position), reason: "\(what) do not decode")
  }
}
