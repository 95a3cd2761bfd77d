/// Where `streams`, `ids` and `recent` say events belong, to be compared with the events themselves.
struct EventPlaces {
  private struct Place {
    var stream: StreamKey?
    var version: UInt32 = 0
    var identity: IdentityKey?
  }

  private var places: [Place]
  private var rowsOutside = 0

  /// Reads the tables whole.
  ///
  /// - Throws: Where a row does not decode or is not in its place, or two rows name the same position.
  init(
    _ tables: LogTables,
    size: UInt64,
    _ transaction: borrowing ReadTransaction
  ) throws {
    places = Array(repeating: Place(), count: Int(size))
    let streams = try Cursor(tables.streams, transaction)
    var row = try streams.first()
    while let current = row {
      let stored = try StreamRow(key: current.key, value: current.value)
      for (offset, position) in stored.positions.enumerated() {
        try set(position) { place throws(ByteReader.Malformed) in
          guard place.stream == nil else { throw ByteReader.Malformed() }
          place.stream = stored.stream
          place.version = stored.first + UInt32(offset)
        }
      }
      row = try streams.next()
    }
    var last: UInt64?
    try IdentityRows.forEach(tables.ids, transaction) { identity, position in
      last = max(last ?? 0, position)
      try set(identity, at: position)
    }
    guard let recent = try StoreFormat.recent(tables, transaction) else { return }
    try RecentIdentities.forEach(recent, transaction) { identity, position in
      // Who looks for the first of several looks in `ids` first.
      guard last.map({ $0 < position }) ?? true else { throw ByteReader.Malformed() }
      try set(identity, at: position)
    }
  }

  private mutating func set(_ identity: IdentityKey, at position: UInt64) throws {
    try set(position) { place throws(ByteReader.Malformed) in
      guard place.identity == nil else { throw ByteReader.Malformed() }
      place.identity = identity
    }
  }

  private mutating func set(
    _ position: UInt64,
    _ change: (inout Place) throws(ByteReader.Malformed) -> Void
  ) throws(ByteReader.Malformed) {
    guard position < UInt64(places.count) else {
      rowsOutside += 1
      return
    }
    try change(&places[Int(position)])
  }

  /// What of the event's places does not hold.
  func problems(_ stored: StoredEvent, secret: [UInt8]) throws -> [Problem] {
    let place = places[Int(stored.position)]
    let isIdentified = stored.header.flags.contains(.identified)
    var problems: [Problem] = []
    func report(_ holds: Bool, _ detail: String) {
      if !holds { problems.append(Problem(.wrongIndex, at: stored.position, detail)) }
    }
    report(place.stream != nil, "no stream holds it")
    report(place.version == stored.header.version, "its version is not its stream's")
    report((place.identity != nil) == isIdentified, "the ids are not those of the events")
    guard !stored.header.flags.contains(.attributesRedacted) else { return problems }
    let attributes = try stored.attributes()
    report(place.stream == StreamKey(attributes.stream), "another stream holds it")
    if isIdentified {
      let identity = IdentityKey(attributes.source, attributes.id, secret: secret)
      report(place.identity == identity, "another id leads to it")
    }
    return problems
  }

  /// What no event showed.
  func problemsAtEnd() -> [Problem] {
    rowsOutside == 0
      ? [] : [Problem(.wrongIndex, "\(rowsOutside) rows name positions behind the log's end")]
  }
}
