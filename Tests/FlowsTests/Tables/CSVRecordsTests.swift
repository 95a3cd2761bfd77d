import Flows
import TestSupport
import Testing
import Values

@Suite struct CSVRecordsTests {
  private static func records(_ text: String) -> [String] {
    CSVRecords(Array(text.utf8)).map { result in
      switch result {
      case .success(let record):
        "\(record.line): " + record.cells.map { "\($0)" }.joined(separator: "|")
      case .failure(let error): "\(error.line)! \(error.reason)"
      }
    }
  }

  @Test(
    arguments: [
      ("", []), ("a,b", ["1: a|b"]), ("a,b\nc,d\n", ["1: a|b", "2: c|d"]),
      ("a\r\n\r\n\nb", ["1: a", "4: b"]), ("\u{FEFF}a", ["1: a"]), (",\n", ["1: |"]),
      ("\"a,\"\"b\"\"\nc\",d\ne", ["1: a,\"b\"\nc|d", "3: e"]), ("\"\",x", ["1: |x"]),
      ("a \"b\",c", ["1: a \"b\"|c"]), ("a\rb,c", ["1: a\rb|c"]),
      ("a\n\"b", ["1: a", "2! a quote is never closed"]),
      ("\"a\"b,c\nd", ["1! something follows a closing quote"]),
      ("\"a\nb\nc", ["1! a quote is never closed"]),
    ] as [(String, [String])]
  )
  func `records are cut as RFC 4180 says`(_ text: String, _ records: [String]) {
    #expect(Self.records(text) == records)
  }

  @Test func `what is written as CSV reads back`() throws {
    var random = SplitMix64(forTest: "CSV")
    let pieces = ["a", "é", "\"", ",", "\n", "\r\n", " ", "=1", "'", "\r", ""]
    for _ in 0..<500 {
      let columns = (0..<random.below(4) + 1).map { Text("c\($0)") }
      let rows = (0..<random.below(5)).map { number in
        TableRow(
          id: Text("\(number)"),
          created: Instant(milliseconds: 0),
          updated: Instant(milliseconds: 0),
          values: Object(
            columns.map { column in
              let text = (0..<random.below(4)).map { _ in random.pick(pieces) }.joined()
              return (column, .text(Text(text)))
            }
          )
        )
      }
      let content = TableCSV(columns: columns).content(of: rows)
      let read = try CSVRecords(content).map { try $0.get().cells }
      let expected = rows.map { row in columns.map { Coercion.text(of: row.value(of: $0)) } }
      #expect(read.first == columns)
      #expect(read.dropFirst().map { $0.map(Optional.some) } == expected)
    }
  }

  @Test(arguments: [
    ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"), ("\tx", "'\tx"), ("a=1", "a=1"),
    ("", ""),
  ])
  func `a text that a spreadsheet takes for a formula is guarded`(_ text: String, _ cell: String) {
    let row = TableRow(
      id: "1",
      created: Instant(milliseconds: 0),
      updated: Instant(milliseconds: 0),
      values: ["a": .text(Text(text)), "n": -1]
    )
    let csv = TableCSV(columns: ["a", "n"], guardsFormulas: true)
    let content = String(decoding: csv.content(of: [row]), as: UTF8.self)
    #expect(content == "a,n\n\(cell),-1\n")
  }
}
