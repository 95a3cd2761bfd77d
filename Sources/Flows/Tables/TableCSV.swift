public import Values

/// A CSV file of rows: a header, one line a row, quotes where RFC 4180 wants them, `\n` line ends.
public struct TableCSV: Sendable {
  private let columns: [Text]
  private let delimiter: Text
  private let guardsFormulas: Bool

  /// Writes those columns.
  ///
  /// - Parameters:
  ///   - columns: The names of the columns, which make the header.
  ///   - delimiter: What stands between two cells.
  ///   - guardsFormulas: Whether `'` is put before a text that a spreadsheet would take for a formula (CWE-1236).
  public init(columns: [Text], delimiter: Text = ",", guardsFormulas: Bool = false) {
    self.columns = columns
    self.delimiter = delimiter
    self.guardsFormulas = guardsFormulas
  }

  /// Reads how a request wants its file; without columns, all are written.
  init(_ request: TableRequest, _ schema: TableSchema) {
    let delimiter = Coercion.text(of: request.input(TableFields.delimiter)) ?? .empty
    let chosen = Coercion.items(of: request.input(TableFields.columns))
      .compactMap { Coercion.text(of: $0) }.filter { !$0.isEmpty }
    self.init(
      columns: chosen.isEmpty ? schema.columns.map(\.name) : chosen,
      delimiter: delimiter.isEmpty ? "," : delimiter
    )
  }

  /// The file's content.
  ///
  /// - Complexity: O(*n*) in its size.
  public func content(of rows: [TableRow]) -> [UInt8] {
    var content: [UInt8] = []
    append(columns, to: &content)
    for row in rows { append(columns.map { cell(row.value(of: $0)) }, to: &content) }
    return content
  }

  private func cell(_ value: Value) -> Text {
    let text = Coercion.text(of: value) ?? .empty
    return guardsFormulas && Self.isFormula(value) ? "'" + text : text
  }

  /// Whether a spreadsheet would take a value for a formula.
  public static func isFormula(_ value: Value) -> Bool {
    guard case .text(let text) = value, let first = text.bytes.first else { return false }
    return formulaStarts.contains(first)
  }

  private static let formulaStarts = Set("=+-@\t\r".utf8)

  private func append(_ cells: [Text], to content: inout [UInt8]) {
    // A blank line would be no record.
    if cells == [.empty] { content += Array("\"\"".utf8) }
    for (position, cell) in cells.enumerated() {
      if position > 0 { content += delimiter.wellFormedBytes }
      content += quoted(cell)
    }
    content.append(UInt8(ascii: "\n"))
  }

  private func quoted(_ cell: Text) -> [UInt8] {
    let bytes = cell.wellFormedBytes
    let needsQuotes =
      cell.contains(delimiter)
      || bytes.contains { $0 == UInt8(ascii: "\"") || $0 == 0x0A || $0 == 0x0D }
    guard needsQuotes else { return bytes }
    let quote = UInt8(ascii: "\"")
    return [quote] + bytes.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote]
  }
}
