/// What the store remembers of one projection: which version made its view and whether it is whole.
struct ProjectionState: Hashable {
  var name: String
  var version: UInt32
  /// Which of the tables of that name holds the view; a rebuild makes the next.
  var generation: UInt32
  var failure: Failure?

  /// The first event that could not be taken in, and why.
  struct Failure: Hashable {
    var position: UInt64
    var reason: String
  }

  var tableName: String { "projection.\(name).\(generation)" }
}

extension ProjectionState {
  static func encode(_ states: [ProjectionState]) -> [UInt8] {
    var writer = ByteWriter()
    writer.varint(UInt64(states.count))
    for state in states {
      writer.prefixed(Array(state.name.utf8))
      writer.fixed(state.version)
      writer.fixed(state.generation)
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
        return states
      }
    } catch { throw ByteReader.Malformed() }
  }

  private static func state(_ reader: inout ByteReader) throws -> ProjectionState {
    var state = ProjectionState(
      name: String(decoding: try reader.prefixed(), as: UTF8.self),
      version: try reader.fixed(UInt32.self), generation: try reader.fixed(UInt32.self))
    guard try reader.byte() == 1 else { return state }
    state.failure = Failure(
      position: try reader.fixed(UInt64.self),
      reason: String(decoding: try reader.prefixed(), as: UTF8.self))
    return state
  }
}
