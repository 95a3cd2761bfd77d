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
    _ position: UInt64,
    _ row: UnsafeRawBufferPointer,
    _ decompressor: Decompressor,
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
    guard size <= EventLog.maximumDataSize + BatchLimits.attributes + 64,
      header.attributesLength == 0 || !header.flags.contains(.attributesRedacted),
      header.dataLength == 0 || !header.flags.contains(.dataRedacted)
    else { throw corrupted("its sizes") }
    if header.flags.contains(.stored) {
      guard payload.count == size else { throw corrupted("its size") }
      return decompressor.copy(payload)
    }
    guard header.dictionary == 0 || dictionaries.dictionary(header.dictionary) != nil else {
      throw corrupted("its dictionary")
    }
    do {
      return try decompressor.decompress(
        payload,
        size: size,
        with: dictionaries.dictionary(header.dictionary)
      )
    } catch { throw corrupted("its compressed bytes") }
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
      recordedTime: header.recordedTime,
      timestamp: header.timestamp,
      type: String(decoding: type, as: UTF8.self),
      version: header.version,
      cause: header.cause == LeafCommitment.noLink ? nil : Position(header.cause),
      conflictsWith: header.conflict == LeafCommitment.noLink ? nil : Position(header.conflict),
      attributes: attributes,
      data: Array(try data()),
      leaf: header.leaf,
      isRedacted: header.isRedacted
    )
  }

  /// The leaf hash that the bytes give; of redacted parts the commitment that was kept stands in.
  func derivedLeaf(type: [UInt8]) throws -> [UInt8] {
    let plain = try plain()
    let length = Int(header.attributesLength)
    let attributes =
      header.flags.contains(.attributesRedacted)
      ? header.attributesSeal
      : try LeafCommitment.attributes(
        salt: header.attributesSeal,
        encoded: UnsafeRawBufferPointer(rebasing: plain[..<length]),
        version: header.version
      )
    let data =
      header.flags.contains(.dataRedacted)
      ? header.dataSeal
      : Hash.commitment(
        salt: header.dataSeal,
        UnsafeRawBufferPointer(rebasing: plain[length...])
      )
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
