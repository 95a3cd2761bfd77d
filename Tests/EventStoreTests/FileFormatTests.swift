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
      at: folder + "/store",
      options: deterministicOptions(segmentSpan: 2)
    )
    var first = draft("a", "{\"n\":1}")
    first.terms = [Term(field: 1, value: Array("ada".utf8)), Term(field: 40, value: [7])]
    var second = ownDraft("{\"n\":2}", stream: "execution-1")
    second.cause = .earlierInBatch(0)
    let value = StoredValue(
      owner: Array("x".utf8),
      hash: Array(repeating: 9, count: 32),
      bytes: Array("long".utf8)
    )
    try log.append(AppendBatch([first, second], values: [value]))
    return log
  }

  /// Every row of the store, a block field by field.
  private func dump(_ log: EventLog) throws -> String {
    try log.environment.read { transaction in
      var text = ""
      for (name, table) in log.tables.named {
        text += "\(name)\n"
        let cursor = try Cursor(table, transaction)
        var row = try cursor.first()
        while let current = row {
          if name == "events" {
            text += try block(current, log)
          } else {
            let key =
              name == "meta" ? String(decoding: current.key, as: UTF8.self) : hex(current.key)
            text += "  \(key)\n    \(lines(current.value, indent: "    "))\n"
          }
          row = try cursor.next()
        }
      }
      return text
    }
  }

  /// A block field by field.
  private func block(_ row: Cursor.Row, _ log: EventLog) throws -> String {
    var reader = ByteReader(row.value)
    var text = "  \(hex(row.key))\n"
    func field(_ name: String, _ bytes: some Sequence<UInt8>) {
      text += "    \(name)"
      text += String(repeating: " ", count: 17 - name.count)
      text += lines(bytes, indent: String(repeating: " ", count: 21)) + "\n"
    }
    let block = try EventBlock(first: Keys.position(row.key), Array(row.value))
    field("format, flags", try reader.slice(2))
    field("dictionary", try reader.slice(2))
    field("count", try reader.slice(1))
    field("recorded time", try reader.slice(8))
    field("seed", try reader.slice(16))
    var previous = EventHeader.Previous(timestamp: block.headers[0].recordedTime)
    for (index, header) in block.headers.enumerated() {
      var entry = ByteWriter()
      header.encode(
        at: block.first + UInt64(index),
        previous: &previous,
        sealedApart: false,
        into: &entry
      )
      field("entry \(index)", try reader.slice(entry.bytes.count))
    }
    field("check", try reader.slice(4))
    for (index, seals) in block.headers.indices.map({ ($0, block.seals($0)) }) {
      field("salts \(index), derived", seals.attributes + seals.data)
    }
    let decompressor = try Decompressor()
    try withExtendedLifetime(decompressor) {
      field("payload, plain", try block.plain(decompressor, log.dictionaries))
    }
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
