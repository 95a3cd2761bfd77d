/// The tables of a store, open.
struct LogTables {
  let events: Table
  let terms: Table
  let values: Table
  let dictionaries: Table
  let ids: Table
  /// Nil where the store was of format 2 when it was opened.
  let recent: Table?
  let streams: Table
  let segments: Table
  let times: Table
  let tree: Table
  let meta: Table
  /// How many positions a segment of the lowest level spans: a property of the store.
  var span = SegmentTail.span

  init(creatingIn transaction: borrowing WriteTransaction) throws {
    events = try Table("events", creatingIn: transaction)
    terms = try Table("terms", creatingIn: transaction)
    values = try Table("values", creatingIn: transaction)
    dictionaries = try Table("dictionaries", creatingIn: transaction)
    ids = try Table("ids", creatingIn: transaction)
    recent = try Table("recent", creatingIn: transaction)
    streams = try Table("streams", creatingIn: transaction)
    segments = try Table("segments", creatingIn: transaction)
    times = try Table("times", creatingIn: transaction)
    tree = try Table("tree", creatingIn: transaction)
    meta = try Table("meta", creatingIn: transaction)
  }

  /// Opens the tables, or is nil where one is missing that stores of every known format have.
  init?(in transaction: borrowing ReadTransaction) throws {
    guard let events = try Table("events", in: transaction),
      let terms = try Table("terms", in: transaction),
      let values = try Table("values", in: transaction),
      let dictionaries = try Table("dictionaries", in: transaction),
      let ids = try Table("ids", in: transaction),
      let streams = try Table("streams", in: transaction),
      let segments = try Table("segments", in: transaction),
      let times = try Table("times", in: transaction),
      let tree = try Table("tree", in: transaction),
      let meta = try Table("meta", in: transaction)
    else { return nil }
    self.events = events
    self.terms = terms
    self.values = values
    self.dictionaries = dictionaries
    self.ids = ids
    recent = try Table("recent", in: transaction)
    self.streams = streams
    self.segments = segments
    self.times = times
    self.tree = tree
    self.meta = meta
  }

  /// The tables by the names they have in the file.
  var named: [(name: String, table: Table)] {
    let named: [(String, Table?)] = [
      ("events", events), ("terms", terms), ("values", values), ("dictionaries", dictionaries),
      ("ids", ids), ("recent", recent), ("streams", streams), ("segments", segments),
      ("times", times), ("tree", tree), ("meta", meta),
    ]
    return named.compactMap { name, table in table.map { (name, $0) } }
  }
}
