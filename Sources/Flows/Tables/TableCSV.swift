internal import Values

/// A CSV file of rows: a header, one line a row, quotes where RFC 4180 wants them, `\n` line ends.
struct TableCSV: Sendable {
  private let name: Text
  private let delimiter: Text
  private let columns: [Text]

  /// Reads how a request wants its file; without columns, all are written.
  init(_ request: TableRequest, _ schema: TableSchema) {
    let name = Coercion.text(of: request.input(TableFields.filename)) ?? .empty
    self.name = name.isEmpty ? schema.name + ".csv" : name
    let delimiter = Coercion.text(of: request.input(TableFields.delimiter)) ?? .empty
    self.delimiter = delimiter.isEmpty ? "," : delimiter
    let chosen = Coercion.items(of: request.input(TableFields.columns))
      .compactMap { Coercion.text(of: $0) }.filter { !$0.isEmpty }
    columns = chosen.isEmpty ? schema.columns.map(\.name) : chosen
  }

  /// The file of `rows`.
  ///
  /// - Complexity: O(*n*) in the size of the file.
  func file(of rows: [TableRow]) -> File {
    var content: [UInt8] = []
    append(columns, to: &content)
    for row in rows {
      append(columns.map { Coercion.text(of: row.value(of: $0)) ?? .empty }, to: &content)
    }
    return File(name: name, mediaType: "text/csv", content: content)
  }

  private func append(_ cells: [Text], to content: inout [UInt8]) {
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
