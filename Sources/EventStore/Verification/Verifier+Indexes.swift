/// The deep part: what was derived from the events is derived again.
extension Verifier {
  /// Compares segments, times, streams and ids with what the events give.
  mutating func verifyIndexes(_ transaction: borrowing ReadTransaction) throws {
    var tail = SegmentTail(first: 0, span: head.span)
    let decompressor = try Decompressor()
    let sealed = head.sealed
    var places: EventPlaces
    do {
      places = try EventPlaces(log.tables, size: head.size, transaction)
    } catch  where error is LMDBError || error is EventLogError { throw error } catch {
      report(Problem(.wrongIndex, "a row of the streams or ids does not decode"))
      return
    }
    do {
      try EventRow.forEach(
        in: 0..<head.size,
        log.tables.events,
        transaction,
        decompressor,
        log.dictionaries
      ) { stored in
        tail.add(position: stored.position, header: stored.header)
        if (stored.position + 1).isMultiple(of: head.span), stored.position < sealed {
          try compare(tail, transaction)
          tail.startNext()
        }
        for problem in try places.problems(stored, secret: log.secret) { report(problem) }
        return true
      }
    } catch let error as LMDBError { throw error } catch {
      report(Problem(.unreadableEvent, "\(error)"))
    }
    for problem in places.problemsAtEnd() { report(problem) }
  }

  private mutating func compare(
    _ tail: SegmentTail,
    _ transaction: borrowing ReadTransaction
  ) throws {
    let rows = tail.rows()
    let stem = [UInt8(0)] + Keys.ordered(tail.first)
    let segments = try Self.rows(log.tables.segments, stem, transaction)
    if !segments.elementsEqual(rows.segments, by: ==) {
      report(Problem(.wrongIndex, at: tail.first, "the segment's lists are not its events'"))
    }
    let times = try Self.rows(log.tables.times, stem, transaction)
    if !times.elementsEqual(rows.times, by: ==) {
      report(Problem(.wrongIndex, at: tail.first, "the segment's times are not its events'"))
    }
  }

  private static func rows(
    _ table: Table,
    _ stem: [UInt8],
    _ transaction: borrowing ReadTransaction
  ) throws -> [(key: [UInt8], value: [UInt8])] {
    var rows: [(key: [UInt8], value: [UInt8])] = []
    let cursor = try Cursor(table, transaction)
    var row = try cursor.seek(to: stem)
    while let current = row, current.key.starts(with: stem) {
      rows.append((key: Array(current.key), value: Array(current.value)))
      row = try cursor.next()
    }
    return rows
  }

  /// Compares every term with its check, both directions of the types, and that no number stands
  /// for two values or will be given out again.
  mutating func verifyTerms(_ transaction: borrowing ReadTransaction) throws {
    let table = log.tables.terms
    var given: Set<UInt32> = []
    let cursor = try Cursor(table, transaction)
    var row = try cursor.first()
    while let current = row {
      let (key, value) = (Array(current.key), Array(current.value))
      if try !Self.holds(key, value, &given, table, transaction) {
        report(Problem(.wrongIndex, "a term and its number do not name each other"))
      }
      row = try cursor.next()
    }
  }

  private static func holds(
    _ key: [UInt8],
    _ value: [UInt8],
    _ given: inout Set<UInt32>,
    _ table: Table,
    _ transaction: borrowing ReadTransaction
  ) throws -> Bool {
    switch key.first {
    case 0: return key.count == 1 && value.count == 4
    case 1:
      guard let number = try? value.withUnsafeBytes({ try TermNumbers.number(inRow: $0) }),
        value == TermNumbers.row(key, number), number > 0,
        let counter = try TermNumbers.counter(table, transaction), number < counter,
        given.insert(number).inserted
      else { return false }
      return true
    case 2:
      guard key.count == 5 else { return false }
      let number = key.dropFirst().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      return try TermNumbers.number(Keys.term(value), table, transaction) == number
    default: return false
    }
  }

  /// Decodes every stored value.
  mutating func verifyValues(_ transaction: borrowing ReadTransaction) throws {
    let decompressor = try Decompressor()
    let cursor = try Cursor(log.tables.values, transaction)
    var row = try cursor.first()
    var stem: [UInt8] = []
    while let current = row {
      let key = Array(current.key)
      row = try cursor.next()
      if let length = key.first, key.count == 1 + Int(length) + Hash.byteCount {
        stem = key
        let whole = try ChunkedRows.get(log.tables.values, key, transaction) ?? []
        if (try? ValueRow.decode(whole, key: key, decompressor, log.dictionaries)) == nil {
          report(Problem(.unreadableValue, "a stored value does not decode"))
        }
      } else if stem.isEmpty || key.count != stem.count + 2 || !key.starts(with: stem) {
        report(Problem(.unreadableValue, "a part of a stored value belongs to none"))
      }
    }
  }
}
