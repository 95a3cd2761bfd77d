/// A row of `streams`: up to 64 events of a stream, from a version on.
///
/// The value holds the first position, then differences, as varints.
struct StreamRow {
  /// How many events a full row holds.
  static let count: UInt32 = 64

  let stream: StreamKey
  /// The version of the row's first event.
  let first: UInt32
  let positions: [UInt64]

  /// The version behind the row's last event.
  var next: UInt32 { first + UInt32(positions.count) }

  /// - Throws: Where the row holds none or too many events, or positions that do not ascend.
  init(
    key: UnsafeRawBufferPointer,
    value: UnsafeRawBufferPointer
  ) throws(ByteReader.Malformed) {
    var keyReader = ByteReader(key)
    stream = try StreamKey(&keyReader)
    first = try keyReader.ordered(UInt32.self)
    var reader = ByteReader(value)
    var positions: [UInt64] = []
    var position: UInt64 = 0
    while !reader.isAtEnd {
      let (next, overflows) = position.addingReportingOverflow(try reader.varint())
      guard !overflows, positions.isEmpty || next > position else { throw ByteReader.Malformed() }
      position = next
      positions.append(position)
    }
    guard keyReader.isAtEnd, (1...Int(Self.count)).contains(positions.count),
      first.isMultiple(of: Self.count), first < .max - Self.count
    else { throw ByteReader.Malformed() }
    self.positions = positions
  }
}
