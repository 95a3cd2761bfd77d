internal import EventStore
internal import Values

/// What a page of the System Log is asked for.
///
/// Source: Okta, "System Log API", `GET /api/v1/logs`.
public struct SystemLogQuery: Sendable {
  /// The condition on each entry and the words in it; its other members are not used.
  let search: SearchQuery
  /// How many entries a page has at most.
  let limit: Int
  /// Where the page begins.
  let start: Start

  /// Where a page begins.
  enum Start: Sendable {
    /// At the first entry that was appended, or says to be published, at or behind a time.
    case recorded(since: Int64)
    /// At the first entry of a range of its own times, in an order.
    case times(Range<Int64>, TimeOrder)
    /// Where an earlier page ended.
    case cursor(SystemLogCursor)
  }

  /// How many entries a page has where nobody says.
  public static let usualLimit = 100
  /// How many a page has at most.
  public static let maximumLimit = 1000
  /// From how long before its end on entries are found where nobody says, in milliseconds.
  private static let usualSpan: Int64 = 7 * 86_400_000
}

// MARK: - Parameters

extension SystemLogQuery {
  /// Reads the parameters of a request.
  ///
  /// Of a repeated parameter the first counts, an empty one is none, unknown ones are passed over. With
  /// `after`, `since` is not used. Without `until` and in ascending order entries are polled, in the order of
  /// the log; else they are found by their own times.
  ///
  /// - Parameters:
  ///   - parameters: Names and values, decoded.
  ///   - now: The time, in milliseconds since 1970.
  ///   - cursors: What reads `after`.
  /// - Throws: `SystemLogRefusal`.
  public init(
    _ parameters: [(name: String, value: String)],
    now: Int64,
    cursors: SystemLogCursors
  ) throws(SystemLogRefusal) {
    let counting = Self.counting(parameters)
    func given(_ name: String) -> String? { counting.first { $0.name == name }?.value }
    limit = try Self.limit(given("limit"))
    search = try Self.search(filter: given("filter"), words: given("q"))
    let order = try Self.order(given("sortOrder"))
    let until = try Self.time(given("until"), "until")
    if let after = given("after") {
      guard let cursor = cursors.cursor(after) else {
        throw .parameter("after", "The value is no cursor of this log; take it from a next link.")
      }
      try Self.check(cursor, order, isBounded: until != nil)
      start = .cursor(cursor)
      return
    }
    let end = until ?? now
    let since = try Self.time(given("since"), "since") ?? end - Self.usualSpan
    guard until != nil || order == .descending else {
      start = .recorded(since: since)
      return
    }
    guard since < end || since == end && until == nil else {
      guard until == nil else { throw .parameter("until", "The time must be after 'since'.") }
      throw .parameter("since", "The time must not be later than now where 'until' is not given.")
    }
    start = .times(since..<end, order)
  }

  /// The parameters that count, in their order: of each name the first that is not empty.
  public static func counting(
    _ parameters: [(name: String, value: String)]
  ) -> [(name: String, value: String)] {
    var seen: Set<String> = []
    return parameters.filter { !$0.value.isEmpty && seen.insert($0.name).inserted }
  }

  private static func limit(_ text: String?) throws(SystemLogRefusal) -> Int {
    guard let text else { return usualLimit }
    guard text.utf8.count <= 5, text.utf8.allSatisfy({ (48...57).contains($0) }),
      let limit = Int(text), limit <= maximumLimit
    else { throw .parameter("limit", "The value must be a number from 0 to \(maximumLimit).") }
    return limit
  }

  private static func order(_ text: String?) throws(SystemLogRefusal) -> TimeOrder {
    switch text?.uppercased() {
    case nil, "ASCENDING": return .ascending
    case "DESCENDING": return .descending
    default: throw .parameter("sortOrder", "The value must be ASCENDING or DESCENDING.")
    }
  }

  private static func time(
    _ text: String?,
    _ name: String
  ) throws(SystemLogRefusal) -> Int64? {
    guard let text else { return nil }
    // A `+` that nobody encoded has become a space.
    let spelled = text.replacing(" ", with: text.contains("T") ? "+" : " ")
    guard
      let time = EventTime(Array(spelled.utf8)).milliseconds
        ?? EventTime(Array((spelled + "T00:00:00Z").utf8)).milliseconds
    else {
      throw .parameter(
        name,
        "The date format in your query is not recognized. Please enter dates using ISO8601 string format."
      )
    }
    return time
  }

  private static func search(
    filter: String?,
    words: String?
  ) throws(SystemLogRefusal) -> SearchQuery {
    var search = SearchQuery()
    if let filter {
      do throws(FilterError) {
        search.filter = try Filter(filter)
      } catch {
        throw .filter(error)
      }
    }
    if let words {
      do throws(KeywordQueryError) {
        search.keywords = try KeywordQuery(words)
      } catch .noKeywords {
        // Blanks alone ask for nothing.
      } catch {
        throw .parameter("q", "\(error)")
      }
    }
    return search
  }

  private static func check(
    _ cursor: SystemLogCursor,
    _ order: TimeOrder,
    isBounded: Bool
  ) throws(SystemLogRefusal) {
    switch cursor.place {
    case .position where !isBounded && order == .ascending: return
    case .late where !isBounded && order == .ascending: return
    case .time(_, order, _): return
    default: throw .parameter("after", "The cursor is one of another order; follow next links.")
    }
  }
}
