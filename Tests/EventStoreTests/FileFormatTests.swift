import Foundation
import TestSupport
import Testing

@testable import EventStore

@Suite struct FileFormatTests {
  private static let document = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("docs/file-format.md")
  private static let start = "<!-- example -->\n```text\n"
  private static let end = "```\n<!-- end of example -->"

  private func hex(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }

  /// Hexadecimal digits in lines of 64, behind the first indented.
  private func lines(_ bytes: some Sequence<UInt8>, indent: String) -> String {
    var rest = hex(bytes)[...]
    var lines: [Substring] = []
    repeat {
      lines.append(rest.prefix(64))
      rest = rest.dropFirst(64)
    } while !rest.isEmpty
    return lines.joined(separator: "\n" + indent)
  }

  private func makeLog(_ folder: String) throws -> EventLog {
    let log = try EventLog(
      at: folder + "/store", options: deterministicOptions(segmentSpan: 2))
    var first = draft("a", "{\"n\":1}")
    first.terms = [Term(field: 1, value: Array("ada".utf8)), Term(field: 40, value: [7])]
    var second = ownDraft("{\"n\":2}", stream: "execution-1")
    second.cause = .earlierInBatch(0)
    let value = StoredValue(
      owner: Array("x".utf8), hash: Array(repeating: 9, count: 32), bytes: Array("long".utf8))
    try log.append(AppendBatch([first, second], values: [value]))
    return log
  }

  /// Every row of the store, an event's header field by field.
  private func dump(_ log: EventLog) throws -> String {
    try log.environment.read { transaction in
      var text = ""
      for (name, table) in log.tables.named {
        text += "\(name)\n"
        let cursor = try Cursor(table, transaction)
        var row = try cursor.first()
        while let current = row {
          if name == "events" {
            text += try event(current, log)
          } else {
            let key = name == "meta" ? String(decoding: current.key, as: UTF8.self) : hex(current.key)
            text += "  \(key)\n    \(lines(current.value, indent: "    "))\n"
          }
          row = try cursor.next()
        }
      }
      return text
    }
  }

  private func event(_ row: Cursor.Row, _ log: EventLog) throws -> String {
    var reader = ByteReader(row.value)
    var text = "  \(hex(row.key))\n"
    func field(_ name: String, _ width: Int) throws {
      text += "    \(name)"
      text += String(repeating: " ", count: 17 - name.count)
      text += lines(try reader.slice(width), indent: String(repeating: " ", count: 21)) + "\n"
    }
    let stored = try StoredEvent(0, row.value, Decompressor(), log.dictionaries)
    let header = stored.header
    try field("format, flags", 2)
    try field("dictionary", 2)
    try field("type", 4)
    try field("recorded time", 8)
    if header.timestamp != nil { try field("claimed time", 8) }
    try field("lengths", 8)
    try field("version", 4)
    try field("leaf", 32)
    try field("attributes' seal", 16)
    try field("data's seal", 16)
    if header.cause != LeafCommitment.noLink { try field("cause", 8) }
    var whole = ByteWriter()
    header.encode(into: &whole)
    try field("terms", whole.bytes.count - reader.offset - 4)
    try field("check", 4)
    text += "    payload, plain   "
    text += lines(try stored.plain(), indent: String(repeating: " ", count: 21)) + "\n"
    return text
  }

  @Test func `the example of the format's page is what a store holds`() throws {
    try withTemporaryFolder { folder throws in
      let found = try dump(makeLog(folder))
      var page = try String(contentsOf: Self.document, encoding: .utf8)
      let start = try #require(page.range(of: Self.start))
      let end = try #require(page.range(of: Self.end))
      let told = String(page[start.upperBound..<end.lowerBound])
      if told != found, ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil {
        page.replaceSubrange(start.upperBound..<end.lowerBound, with: found)
        try page.write(to: Self.document, atomically: true, encoding: .utf8)
      }
      // Recorded or not: a page that was wrong is a failure to look at.
      #expect(told == found)
    }
  }
}
