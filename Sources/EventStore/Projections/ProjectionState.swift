/// What the store remembers of one projection: which version made its view and whether it is whole.
struct ProjectionState: Hashable {
  var name: String
  var version: UInt32
  /// Which of its two tables, 0 or 1, holds the view; a rebuild fills the other.
  var slot: UInt8
  var failure: Failure?

  /// The first event that could not be taken in, and why.
  struct Failure: Hashable {
    var position: UInt64
    var reason: String
  }

  var tableName: String { Self.tableName(name, slot: slot) }

  /// The name of a projection's table; neither is ever dropped, so handles stay valid.
  static func tableName(_ name: String, slot: UInt8) -> String { "projection.\(name).\(slot)" }
}

extension ProjectionState {
  static func encode(_ states: [ProjectionState]) -> [UInt8] {
    var writer = ByteWriter()
    writer.varint(UInt64(states.count))
    for state in states {
      writer.prefixed(Array(state.name.utf8))
      writer.fixed(state.version)
      writer.byte(state.slot)
      writer.byte(state.failure == nil ? 0 : 1)
      guard let failure = state.failure else { continue }
      writer.fixed(failure.position)
      writer.prefixed(Array(failure.reason.utf8))
    }
    return writer.bytes
  }

  static func decode(_ bytes: [UInt8]) throws(ByteReader.Malformed) -> [ProjectionState] {
    do {
      return try bytes.withUnsafeBytes { bytes in
        var reader = ByteReader(bytes)
        var states: [ProjectionState] = []
        for _ in 0..<(try reader.varint()) { states.append(try state(&reader)) }
        guard reader.isAtEnd else { throw ByteReader.Malformed() }
        return states
      }
    } catch { throw ByteReader.Malformed() }
  }

  private static func state(_ reader: inout ByteReader) throws -> ProjectionState {
    var state = ProjectionState(
      name: String(decoding: try reader.prefixed(), as: UTF8.self),
      version: try reader.fixed(UInt32.self),
      slot: try reader.byte()
    )
    let isDegraded = try reader.byte()
    guard state.slot <= 1, isDegraded <= 1 else { throw ByteReader.Malformed() }
    guard isDegraded == 1 else { return state }
    state.failure = Failure(
      position: try reader.fixed(UInt64.self),
      reason: String(decoding: try reader.prefixed(), as: UTF8.self)
    )
    return state
  }
}
