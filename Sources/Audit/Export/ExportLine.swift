public import EventStore
internal import Values

/// An event as one line of JSON: CloudEvents 1.0 attributes, the log's own, and the data as kept.
public enum ExportLine {
  /// The line, without a line feed.
  ///
  /// Data that is JSON stands in it byte for byte, but for line feeds between its tokens, which
  /// become spaces.
  public static func bytes(_ event: Event) -> [UInt8] {
    let id = event.attributes.id
    var object: Object = [
      "specversion": "1.0",
      "id": .text(id.isEmpty ? Text("\(event.attributes.stream)/\(event.version)") : text(id)),
      "source": .text(text(event.attributes.source)), "type": .text(Text(event.type)),
      "position": .number(Double(event.position.rawValue)),
      "recordedtime": .text(Instant(milliseconds: event.recordedTime).iso8601),
      "stream": .text(Text("\(event.attributes.stream)")),
      "version": .number(Double(event.version)),
    ]
    if let time = event.timestamp { object["time"] = .text(Instant(milliseconds: time).iso8601) }
    if !event.attributes.subject.isEmpty {
      object["subject"] = .text(text(event.attributes.subject))
    }
    if !event.attributes.actor.isEmpty { object["actor"] = .text(text(event.attributes.actor)) }
    if let cause = event.cause { object["causation"] = .number(Double(cause.rawValue)) }
    if let first = event.conflictsWith {
      object["conflictswith"] = .number(Double(first.rawValue))
    }
    if !event.attributes.correlation.isEmpty {
      object["correlation"] = .text(text(event.attributes.correlation))
    }
    object["datacontenttype"] = .text(text(event.attributes.dataContentType))
    var line = JSON.serialize(.object(object))
    line.removeLast()
    line += Array(",\"data\":".utf8)
    line += event.data.withUnsafeBytes { onOneLine($0) }
    line.append(UInt8(ascii: "}"))
    return line
  }

  /// A JSON document on one line: line feeds between its tokens become spaces, all else stays.
  public static func onOneLine(_ document: UnsafeRawBufferPointer) -> [UInt8] {
    document.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }
  }

  private static func text(_ bytes: [UInt8]) -> Text {
    Text(String(decoding: bytes, as: UTF8.self))
  }
}
