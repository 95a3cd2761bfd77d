import TestSupport
import Testing
import Values

/// Tables in a terminal of 80 columns tell all that other commands are asked with.
@Suite struct NarrowTableTests {
  private func lines(_ words: [String], columns: Int) throws -> [String] {
    let store = try ToldStore.store.get()
    let run = try ProgramRun(
      ["--store", store.path] + words,
      environment: ["COLUMNS": String(columns)]
    )
    return run.lines
  }

  @Test(arguments: [
    ["history"], ["history", "--tree"], ["alerts"], ["flow", "list"], ["search"],
    ["replay", "--all"],
  ])
  func `no line is wider than the terminal, and no time is cut`(_ words: [String]) throws {
    let time = #/[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}/#
    for width in [80, 100, 120] {
      let lines = try lines(words, columns: width)
      #expect(lines.allSatisfy { $0.count <= width }, "\(lines)")
      for line in lines where line.hasPrefix("2026-") {
        #expect(line.prefixMatch(of: time) != nil, "\(line)")
      }
    }
  }

  @Test func `executions stand whole below their rows with flow, version and status`() throws {
    let executions = try ToldStore.executions.get()
    let lines = try lines(["history"], columns: 80)
    for id in executions { #expect(lines.contains("  \(id)"), "\(lines)") }
    let rows = lines.dropFirst(2).enumerated().filter { $0.offset.isMultiple(of: 2) }
    #expect(rows.allSatisfy { $0.element.contains("@1  ") }, "\(lines)")
    #expect(rows.contains { $0.element.contains("  succeeded  ") }, "\(lines)")
  }

  @Test func `a table of 140 columns is one line a row, and the ends of a trace are whole`() throws
  {
    let executions = try ToldStore.executions.get()
    let wide = try lines(["history"], columns: 140)
    #expect(wide.count == executions.count + 1)
    let narrow = try lines(["trace", "66", "--down"], columns: 80)
    #expect(!narrow.contains { $0.contains("…") }, "\(narrow)")
  }

  @Test func `wide characters count as two columns and combining marks as none`() throws {
    try withProgramStore { store in
      let file = store.folder + "/wide.ndjson"
      let names = ["東京一郎", "zoe", "Zoe\u{308}", "👩‍💻 dev", "🇫🇮"]
      let lines = names.enumerated().map { number, name in
        "{\"uuid\":\"\(number)\",\"published\":\"2026-09-14T07:00:0\(number).000Z\","
          + "\"eventType\":\"user.session.start\",\"actor\":{\"alternateId\":\"\(name)\"},"
          + "\"outcome\":{\"result\":\"SUCCESS\"}}"
      }
      try write(lines.joined(separator: "\n"), to: file)
      try store.must("ingest", "--format", "okta-system-log", file)
      let rows = try store.must("search").lines.dropFirst()
      let widths = [8, 3, 3, 6, 2]
      let widest = 8
      for (row, (name, width)) in zip(rows, zip(names, widths)) {
        let gap = String(repeating: " ", count: widest - width)
        #expect(row.contains("  \(name)\(gap)  "), "\(row)")
      }
    }
  }
}
