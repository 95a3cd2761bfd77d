/// What LMDB keeps in the file itself, without checks of its own.
extension Verifier {
  /// The slices a walk is cut into, in order.
  var slices: [Range<UInt64>] {
    stride(from: 0, to: head.size, by: Int(EventLog.sliceLength)).map {
      $0..<min($0 + EventLog.sliceLength, head.size)
    }
  }

  /// Compares the transaction numbers of the file's two meta pages.
  ///
  /// The page with the greater number counts. A commit writes them in turn, so the numbers are
  /// neighbours; where they are not, one was changed, and the last commit may be out of sight.
  mutating func verifyMetaPages() throws {
    guard let numbers = try log.environment.metaPageTransactions() else {
      report(Problem(.alteredFile, "the meta pages cannot be read"))
      return
    }
    if !areNeighbours(numbers) {
      report(Problem(.alteredFile, "the meta pages are not of neighbouring transactions"))
    }
  }

  /// Walks the file's own pages.
  mutating func verifyPages() throws {
    guard let problem = try log.environment.damagedPages() else { return }
    report(
      Problem(.alteredFile, "\(problem); do not write to it, and copy what you need by `export`")
    )
  }

  /// Compares the log's id with its check, and the head's size with where the events end.
  ///
  /// The secret was compared when the log was opened.
  mutating func verifyEnds(_ transaction: borrowing ReadTransaction) throws {
    do {
      _ = try StoreFormat.logID(log.tables.meta, transaction)
      let size = try LogHead.read(log.tables, transaction).size
      let last = try Cursor(log.tables.events, transaction).last()
      let end = try last.map { row in
        var reader = ByteReader(row.key)
        return try reader.ordered(UInt64.self)
      }
      if let end, end >= size {
        report(Problem(.alteredTree, at: end, "it stands behind the end that the head names"))
      }
    } catch let error as LMDBError { throw error } catch {
      report(Problem(.alteredFile, "\(error)"))
    }
  }

  private func areNeighbours(_ numbers: [UInt64]) -> Bool {
    let (low, high) = (min(numbers[0], numbers[1]), max(numbers[0], numbers[1]))
    return high - low == 1 && numbers[0].isMultiple(of: 2) && !numbers[1].isMultiple(of: 2)
  }

  /// Walks every table: its rows must ascend, be found by their keys, and be as many as it says.
  ///
  /// A walk follows the pages from one to the next; a search follows the keys between them. Only
  /// both together show that the pages lead to every row.
  mutating func verifyTables(_ transaction: borrowing ReadTransaction) throws {
    var tables = log.tables.named
    for state in (try? Projector.states(log.tables.meta, transaction)) ?? [] {
      if let table = log.viewTables[state.tableName] {
        tables.append((name: "the view \(state.name)", table: table))
      }
    }
    for (name, table) in tables {
      let cursor = try Cursor(table, transaction)
      var count = 0
      var last: [UInt8] = []
      var row = try cursor.first()
      while let current = row {
        let key = Array(current.key)
        let isFound = try transaction.withValue(table, key) {
          $0?.baseAddress == current.value.baseAddress
        }
        guard last.lexicographicallyPrecedes(key), isFound else {
          report(Problem(.alteredFile, "the keys of \(name) do not lead to its rows"))
          break
        }
        last = key
        count += 1
        row = try cursor.next()
      }
      if count != (try transaction.count(table)) {
        report(Problem(.alteredFile, "\(name) has other than the number of rows it names"))
      }
    }
  }
}
