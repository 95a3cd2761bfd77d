internal import EventStore
internal import Values

/// How events and long values stand in the lines of a suite.
enum SuiteEvent {
  /// The line of an event, with its line feed.
  static func line(_ event: Event, ofTable table: Text? = nil) -> [UInt8] {
    var members: Object = [
      "position": .number(Double(event.position.rawValue)),
      "time": .number(Double(event.recordedTime)), "type": .text(Text(event.type)),
    ]
    if let table { members["table"] = .text(table) }
    if let cause = event.cause { members["cause"] = .number(Double(cause.rawValue)) }
    if event.isRedacted { members["redacted"] = .boolean(true) }
    return line(members, event.isRedacted ? nil : event.data)
  }

  /// The line of a long value.
  static func line(_ value: StoredValue) -> [UInt8] {
    line(["value": .text(Hexadecimal.encode(value.hash))], value.bytes)
  }

  private static func line(_ members: Object, _ data: [UInt8]?) -> [UInt8] {
    var line = JSON.serialize(.object(members))
    if let data {
      line.removeLast()
      line += SuiteLines.mark
      // Line feeds stand between tokens only.
      line += data.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }
      line.append(UInt8(ascii: "}"))
    }
    line.append(0x0A)
    return line
  }

  /// The event of a line.
  static func event(
    _ line: SuiteLines.Line,
    stream: StreamID,
    correlation: [UInt8] = []
  ) throws(SuiteError) -> Event {
    let isRedacted = line.has("redacted")
    guard isRedacted || !line.content.isEmpty else { throw line.error("data", "it is missing") }
    return Event(
      position: Position(UInt64(try line.integer("position"))),
      recordedTime: Int64(try line.integer("time")),
      type: try line.text("type").description,
      stream: stream,
      correlation: correlation,
      cause: line.has("cause") ? Position(UInt64(try line.integer("cause"))) : nil,
      data: isRedacted ? nil : line.content
    )
  }
}
