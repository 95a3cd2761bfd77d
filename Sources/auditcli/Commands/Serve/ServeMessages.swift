internal import ArgumentParser
internal import Server
internal import Values

/// What a server tells on standard error while it runs; no address, mail or name of anybody is in it.
struct ServeMessages {
  /// How it is written.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
  }

  private let format: Format

  init(_ format: Format) {
    self.format = format
  }

  /// Tells what goes wrong.
  var report: @Sendable (String) -> Void {
    switch format {
    case .text:
      { message in
        let lines = message.split(separator: "\n").map { String($0).visible }
        Output.message("auditcli: " + lines.joined(separator: "\n"))
      }
    case .json: { Self.write("error", ["message": .text(Text($0))]) }
    }
  }

  /// Tells of each request, nil where that is not wanted.
  var note: (@Sendable (RequestNote) -> Void)? {
    guard format == .json else { return nil }
    return { note in
      Self.write(
        "info",
        [
          "message": "request", "route": .text(Text(note.route)),
          "method": .text(Text(note.method)), "status": .number(Double(note.status)),
          "milliseconds": .number(Double(note.microseconds) / 1000),
        ]
      )
    }
  }

  private static func write(_ level: Text, _ members: Object) {
    var line: Object = [
      "time": .text(Instant(milliseconds: ProcessWorld.now()).iso8601), "level": .text(level),
    ]
    for (key, value) in members { line[key] = value }
    Output.message(JSON.text(.object(line)).description)
  }
}
