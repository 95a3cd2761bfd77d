/// The deep part: what was derived from the events is derived again.
extension Verifier {
  /// Compares segments, times, streams and ids with what the events give.
  mutating func verifyIndexes(_ transaction: borrowing ReadTransaction) throws {
    let tables = log.tables
    let head = try LogHead.read(tables.meta, transaction)
    var streams: [StreamKey: [UInt64]] = [:]
    var identities: [IdentityKey: Set<UInt64>] = [:]
    var tail = SegmentTail(first: 0)
    let decompressor = try Decompressor()
    do {
      try EventRow.forEach(
        in: 0..<head.size, tables.events, transaction, decompressor, log.dictionaries
      ) { stored in
        tail.add(position: stored.position, header: stored.header)
        if (stored.position + 1).isMultiple(of: SegmentTail.span), stored.position < head.sealed {
          try compare(tail, transaction)
          tail.startNext()
        }
        guard !stored.header.flags.contains(.redacted) else { return true }
        let attributes = try stored.attributes()
        let key = StreamKey(attributes.stream)
        if streams[key, default: []].count != Int(stored.header.version) {
          report(Problem(.wrongIndex, at: stored.position, "its version is not its stream's"))
        }
        streams[key, default: []].append(stored.position)
        if stored.header.flags.contains(.identified) {
          let identity = IdentityKey(
            source: attributes.source, id: attributes.id, secret: log.secret)
          identities[identity, default: []].insert(stored.position)
        }
        return true
      }
      try verify(streams, transaction)
      try verify(identities, transaction)
    } catch let error as EventLogError {
      report(Problem(.unreadableEvent, "\(error)"))
    } catch is ByteReader.Malformed {
      report(Problem(.wrongIndex, "a row does not decode"))
    }
  }

  private mutating func compare(
    _ tail: SegmentTail, _ transaction: borrowing ReadTransaction
  ) throws {
    let rows = tail.rows()
    let stem = [UInt8(0)] + Keys.ordered(tail.first)
    let segments = try Self.rows(log.tables.segments, stem, transaction)
    if !segments.elementsEqual(rows.segments, by: ==) {
      report(Problem(.wrongIndex, at: tail.first, "the segment's lists are not its events'"))
    }
    let times = try Self.rows(log.tables.times, stem, transaction)
    if !times.elementsEqual(rows.times, by: ==) {
      report(Problem(.wrongIndex, at: tail.first, "the segment's times are not its events'"))
    }
  }

  private mutating func verify(
    _ streams: [StreamKey: [UInt64]], _ transaction: borrowing ReadTransaction
  ) throws {
    var stored: [StreamKey: [UInt64]] = [:]
    let cursor = try Cursor(log.tables.streams, transaction)
    var row = try cursor.first()
    while let current = row {
      let key = StreamKey(hash: Array(current.key.prefix(16)))
      stored[key, default: []] += try StreamRow.decode(key: current.key, value: current.value)
        .positions
      row = try cursor.next()
    }
    if stored != streams {
      report(Problem(.wrongIndex, "the streams are not those of the events"))
    }
  }

  private mutating func verify(
    _ identities: [IdentityKey: Set<UInt64>], _ transaction: borrowing ReadTransaction
  ) throws {
    var stored: [IdentityKey: Set<UInt64>] = [:]
    let cursor = try Cursor(log.tables.ids, transaction)
    var row = try cursor.first()
    while let current = row {
      var key = ByteReader(current.key)
      let identity = IdentityKey(
        bucket: try key.ordered(UInt32.self), hash: try key.ordered(UInt64.self))
      var value = ByteReader(current.value)
      stored[identity, default: []].insert(try value.ordered(UInt64.self))
      row = try cursor.next()
    }
    if stored != identities {
      report(Problem(.wrongIndex, "the ids are not those of the events"))
    }
  }

  private static func rows(
    _ table: Table, _ stem: [UInt8], _ transaction: borrowing ReadTransaction
  ) throws -> [(key: [UInt8], value: [UInt8])] {
    var rows: [(key: [UInt8], value: [UInt8])] = []
    let cursor = try Cursor(table, transaction)
    var row = try cursor.seek(to: stem)
    while let current = row, current.key.starts(with: stem) {
      rows.append((key: Array(current.key), value: Array(current.value)))
      row = try cursor.next()
    }
    return rows
  }

  /// Decodes every stored value.
  mutating func verifyValues(_ transaction: borrowing ReadTransaction) throws {
    let decompressor = try Decompressor()
    let cursor = try Cursor(log.tables.values, transaction)
    var row = try cursor.first()
    while let current = row {
      let key = Array(current.key)
      if let length = key.first, key.count == 1 + Int(length) + Hash.byteCount {
        let whole = try ChunkedRows.get(log.tables.values, key, transaction) ?? []
        if (try? ValueRow.decode(whole, decompressor, log.dictionaries)) == nil {
          report(Problem(.unreadableValue, "a stored value does not decode"))
        }
      }
      row = try cursor.next()
    }
  }
}
