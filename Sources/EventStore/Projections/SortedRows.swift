/// Rows in memory in byte order of their keys, in blocks that stay small.
struct SortedRows {
  /// A key and what stands under it.
  typealias Row = (key: [UInt8], value: [UInt8])

  private var blocks: [[Row]] = []
  private static let blockLimit = 512

  /// The value under `key`; nil removes the row.
  ///
  /// - Complexity: O(log *n*), and a block's length to change.
  subscript(key: [UInt8]) -> [UInt8]? {
    get {
      guard let block = block(of: key) else { return nil }
      let place = Self.place(of: key, in: blocks[block])
      guard place < blocks[block].count, blocks[block][place].key == key else { return nil }
      return blocks[block][place].value
    }
    set {
      guard let block = block(of: key) else {
        if let newValue { blocks.append([(key, newValue)]) }
        return
      }
      replace(key, newValue, block)
    }
  }

  /// Lends the rows from `first` on while `body` returns true.
  func rows(from first: [UInt8], _ body: (Row) throws -> Bool) rethrows {
    guard var block = block(of: first) else { return }
    var place = Self.place(of: first, in: blocks[block])
    while block < blocks.count {
      for row in blocks[block][place...] {
        guard try body(row) else { return }
      }
      block += 1
      place = 0
    }
  }

  private mutating func replace(_ key: [UInt8], _ value: [UInt8]?, _ block: Int) {
    let place = Self.place(of: key, in: blocks[block])
    let isThere = place < blocks[block].count && blocks[block][place].key == key
    switch (value, isThere) {
    case (let value?, true): blocks[block][place].value = value
    case (let value?, false): blocks[block].insert((key, value), at: place)
    case (nil, true): blocks[block].remove(at: place)
    case (nil, false): return
    }
    if blocks[block].isEmpty {
      blocks.remove(at: block)
    } else if blocks[block].count > Self.blockLimit {
      let half = Array(blocks[block][(Self.blockLimit / 2)...])
      blocks[block].removeSubrange((Self.blockLimit / 2)...)
      blocks.insert(half, at: block + 1)
    }
  }

  /// The last block that does not begin behind `key`, else the first; nil where there is none.
  private func block(of key: [UInt8]) -> Int? {
    guard !blocks.isEmpty else { return nil }
    var low = 0
    var high = blocks.count
    while low + 1 < high {
      let middle = (low + high) / 2
      if key.lexicographicallyPrecedes(blocks[middle][0].key) {
        high = middle
      } else {
        low = middle
      }
    }
    return low
  }

  /// Where in the block `key` stands or would stand.
  private static func place(of key: [UInt8], in block: [Row]) -> Int {
    var low = 0
    var high = block.count
    while low < high {
      let middle = (low + high) / 2
      if block[middle].key.lexicographicallyPrecedes(key) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }
}
