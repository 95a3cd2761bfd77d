import Audit
import EventStore
import Foundation
import TestSupport
import Testing
import Values

/// A log whose System Log entries are read in pages, as a client does it.
struct PagedLog {
  let log: EventLog
  let cursors: SystemLogCursors
  let now: Int64

  init(_ log: EventLog, now: Int64 = 1_790_000_000_000) {
    self.log = log
    self.now = now
    cursors = SystemLogCursors(log)
  }

  /// Appends entries of an org.
  func append(_ entries: [[UInt8]], origin: String = "https://acme.example.com") throws {
    try withTemporaryFolder { folder in
      let file = folder + "/entries.ndjson"
      try Data(entries.flatMap { $0 + [0x0A] }).write(to: URL(fileURLWithPath: file))
      _ = try Ingest(into: log, IngestOptions(origin: origin)).run([file])
    }
  }

  func page(
    _ parameters: [(name: String, value: String)],
    _ budget: SystemLogBudget = SystemLogBudget()
  ) throws -> SystemLogPage {
    let query = try SystemLogQuery(parameters, now: now, cursors: cursors)
    return try SystemLogReader(log).page(query, budget)
  }

  /// A page's entries, as texts.
  static func entries(_ page: SystemLogPage) throws -> [String] {
    guard case .list = try JSON.parse(page.body) else { return [] }
    return page.body.withUnsafeBytes { bytes in
      DocumentSplitter(bytes).map { String(decoding: bytes[$0.range], as: UTF8.self) }
    }
  }

  /// All entries, page by page to the end, which is an empty page or one without a next.
  ///
  /// `between` is called behind each page.
  func entries(
    _ parameters: [(name: String, value: String)],
    _ budget: SystemLogBudget = SystemLogBudget(),
    between: () throws -> Void = {}
  ) throws -> [String] {
    var entries: [String] = []
    var parameters = parameters
    while true {
      let page = try page(parameters, budget)
      #expect(try Self.entries(page).count == page.count)
      entries += try Self.entries(page)
      guard let next = page.next, page.count > 0 || page.isCutShort else { return entries }
      parameters.removeAll { $0.name == "after" }
      parameters.append(("after", cursors.text(of: next)))
      try between()
    }
  }

  /// The entries that a search finds, in the order of time where `order` is given, else in that
  /// of the log.
  func searched(_ query: SearchQuery, _ order: TimeOrder? = nil) throws -> [String] {
    var found: [(time: ClaimedTime, text: String)] = []
    try LogSearch(query, in: log).run { lent in
      guard lent.type == Array("inbound.okta-system-log".utf8) else { return true }
      let text = String(decoding: try lent.data(), as: UTF8.self)
      found.append((ClaimedTime(lent.timestamp ?? 0, at: lent.position), text))
      return true
    }
    if let order { found.sort { order.puts($0.time, before: $1.time) } }
    return found.map(\.text)
  }
}
