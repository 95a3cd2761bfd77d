/// Values of any length as rows short enough to stay inside a page.
///
/// The first row has the key itself, the next the key and a number from 1. Values that stay in pages
/// keep the free list short where other pages churn; two of the longest rows fill a page.
enum ChunkedRows {
  /// The longest value of one row under a key of that many bytes, in bytes.
  static func limit(keyLength: Int) -> Int { 2028 - keyLength }

  static func put(
    _ table: Table,
    _ key: [UInt8],
    _ value: [UInt8],
    appending: Bool,
    _ transaction: borrowing some TableWriting & ~Copyable
  ) throws(LMDBError) {
    let limit = limit(keyLength: key.count)
    var key = key
    let stem = key
    var start = 0
    var row: UInt16 = 0
    repeat {
      let end = min(start + limit, value.count)
      let part = start == 0 && end == value.count ? value : Array(value[start..<end])
      if appending {
        try transaction.append(table, key, part)
      } else {
        try transaction.put(table, key, part)
      }
      row += 1
      key = stem + Keys.ordered(row)
      start = end
    } while start < value.count
  }

  /// The whole value under `key`, or nil where there is none.
  static func get(
    _ table: Table,
    _ key: [UInt8],
    _ transaction: borrowing some TableReading & ~Copyable
  ) throws -> [UInt8]? {
    let cursor = try Cursor(table, transaction)
    guard let first = try cursor.seek(to: key), first.key.elementsEqual(key) else { return nil }
    var value = Array(first.value)
    while let row = try cursor.next(), row.key.count == key.count + 2, row.key.starts(with: key) {
      value.append(contentsOf: row.value)
    }
    return value
  }
}
