public import Values

/// The records of a CSV file, by RFC 4180: cells in quotes may hold delimiters, quotes written twice, and line ends.
///
/// Lines end with `\n` or `\r\n`; a byte order mark at the start and blank lines belong to no record.
public struct CSVRecords: Sequence, IteratorProtocol {
  /// A record.
  public struct Record: Hashable, Sendable {
    /// The line it begins in, from 1.
    public let line: Int
    /// Its cells.
    public let cells: [Text]
  }

  /// Quotes that never close, or that something follows.
  public struct Malformed: Error, Hashable, Sendable {
    /// The line, from 1.
    public let line: Int
    /// What is wrong, as a sentence without its full stop.
    public let reason: String
  }

  private let bytes: [UInt8]
  private let delimiter: UInt8
  private var position = 0
  private var line = 1

  /// Begins to read a file.
  public init(_ bytes: [UInt8], delimiter: UInt8 = UInt8(ascii: ",")) {
    self.bytes = bytes
    self.delimiter = delimiter
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// The next record, or what is wrong with it; nil at the end, and behind a record that is malformed.
  public mutating func next() -> Result<Record, Malformed>? {
    while position < bytes.count, let end = lineEnd(at: position) {
      position = end
      line += 1
    }
    guard position < bytes.count else { return nil }
    do throws(Malformed) {
      return .success(try record())
    } catch {
      position = bytes.count
      return .failure(error)
    }
  }

  private mutating func record() throws(Malformed) -> Record {
    let first = line
    var cells: [Text] = []
    while true {
      cells.append(Text(wtf8: Array(try cell())))
      guard position < bytes.count else { break }
      if let end = lineEnd(at: position) {
        position = end
        line += 1
        break
      }
      position += 1
    }
    return Record(line: first, cells: cells)
  }

  /// The next cell; the place behind it is the end, a line's end or a delimiter.
  private mutating func cell() throws(Malformed) -> [UInt8] {
    let quote = UInt8(ascii: "\"")
    guard position < bytes.count, bytes[position] == quote else {
      let start = position
      while position < bytes.count, bytes[position] != delimiter, lineEnd(at: position) == nil {
        position += 1
      }
      return Array(bytes[start..<position])
    }
    let first = line
    var cell: [UInt8] = []
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      guard byte == quote else {
        if byte == UInt8(ascii: "\n") { line += 1 }
        cell.append(byte)
        continue
      }
      guard position < bytes.count, bytes[position] == quote else {
        let isEnd =
          position == bytes.count || bytes[position] == delimiter
          || lineEnd(at: position) != nil
        guard isEnd else {
          throw Malformed(line: line, reason: "something follows a closing quote")
        }
        return cell
      }
      cell.append(quote)
      position += 1
    }
    throw Malformed(line: first, reason: "a quote is never closed")
  }

  /// The place behind a line's end at a place; nil where none is.
  private func lineEnd(at place: Int) -> Int? {
    if bytes[place] == UInt8(ascii: "\n") { return place + 1 }
    let isPair =
      bytes[place] == UInt8(ascii: "\r") && place + 1 < bytes.count
      && bytes[place + 1] == UInt8(ascii: "\n")
    return isPair ? place + 2 : nil
  }
}
