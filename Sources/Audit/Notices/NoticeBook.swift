public import EventStore
internal import Values

/// All notices of a log, and what became of them: a fold of their stream.
///
/// It is total: what does not read as the program writes it changes nothing.
public struct NoticeBook: Sendable {
  /// The stream of notices.
  static let stream = StreamID("notices")

  private var byID: [String: Notice] = [:]
  private var order: [String] = []
  private var told: Set<Told> = []
  private var waiting: [String: Set<String>] = [:]
  private var latest: [String: [(time: Int64, isSummary: Bool)]] = [:]
  private var count = 0
  /// How many notices stand how.
  private(set) var counts: [Notice.State: Int] = [:]
  /// Before which position everything was told; nil where nobody noted it yet.
  private(set) var advanced: UInt64?

  private struct Told: Hashable {
    let recipient: String
    let topic: NoticeTopic
  }

  /// Within so many milliseconds notices are counted.
  static let minute: Int64 = 60_000
  /// Of a recipient so many are kept to be counted, which is more than it gets in some minutes.
  private static let counted = 64

  /// Makes the book of no notices.
  public init() {}

  /// The notices in the order in which they were sent first.
  public var notices: [Notice] { order.compactMap { byID[$0] } }

  /// The notice of an id.
  public subscript(id: String) -> Notice? { byID[id] }

  /// The notices of a recipient that are to be sent again, the oldest first.
  func waiting(for recipient: String) -> [Notice] {
    (waiting[recipient] ?? []).compactMap { byID[$0] }.sorted {
      $0.requested == $1.requested ? $0.id < $1.id : $0.requested < $1.requested
    }
  }

  /// The recipients of which notices are to be sent again.
  var waitingRecipients: [String] { waiting.filter { !$0.value.isEmpty }.keys.sorted() }

  /// Whether a recipient was told of a topic, or is being told.
  func hasTold(_ recipient: String, _ topic: NoticeTopic) -> Bool {
    told.contains(Told(recipient: recipient, topic: topic))
  }

  /// When notices of the minute before a time were sent first, and which were summaries.
  ///
  /// What was sent by a clock that was ahead does not count.
  func recent(for recipient: String, at now: Int64) -> [(time: Int64, isSummary: Bool)] {
    (latest[recipient] ?? []).filter { $0.time > now - Self.minute && $0.time <= now }
  }

  /// Reads what its stream has new.
  ///
  /// - Throws: `EventLogError`.
  /// - Complexity: O(*n*) in the events that are new, and in the rows of the stream, of 64 each.
  public mutating func read(_ log: EventLog) throws {
    let positions = try log.positions(of: Self.stream)
    guard positions.count > count else { return }
    var events: [Event] = []
    try log.scan(Array(positions[count...])) { lent in
      events.append(try lent.copy())
      return true
    }
    for event in events { apply(event) }
    count = positions.count
  }
}

// MARK: - Fold

extension NoticeBook {
  private mutating func apply(_ event: Event) {
    guard let type = NoticeEventType(rawValue: event.type),
      let data = ViewRow.object(event.data)
    else { return }
    if type == .advanced {
      if let position = data.position("position") { advanced = position.rawValue }
      return
    }
    guard let id = data.textAt("notice")?.description else { return }
    if type == .requested { return request(id, data, event) }
    guard var notice = byID[id] else { return }
    // Who said something of it did not know of a later attempt.
    if type == .resolved, data.integer("attempt").map({ $0 != notice.attempts }) ?? false { return }
    notice.changed = event.recordedTime
    notice.next = nil
    if type != .resolved {
      notice.status = data.integer("status").map(Int.init)
      notice.reason = data.textAt("reason")?.description
    }
    switch type {
    case .sent: notice.state = .sent
    case .doubted: notice.state = .doubted
    case .failed:
      notice.next = data.integer("next")
      notice.state = notice.next == nil ? .failed : .waiting
    case .resolved: resolve(&notice, data, event)
    case .requested, .advanced: return
    }
    put(notice)
  }

  private mutating func request(_ id: String, _ data: Object, _ event: Event) {
    var notice =
      byID[id]
      ?? Notice(
        id: id,
        recipient: data.textAt("recipient")?.description ?? "",
        topics: data.list("topics").compactMap(NoticeTopic.init),
        isSummary: data["summary"] == true,
        requested: data.integer("time") ?? event.recordedTime,
        changed: event.recordedTime
      )
    if byID[id] == nil {
      order.append(id)
      for topic in notice.topics {
        told.insert(Told(recipient: notice.recipient, topic: topic))
      }
      if !notice.isTest { count(notice) }
    }
    notice.attempts += 1
    notice.tries += 1
    notice.state = .sending
    notice.changed = event.recordedTime
    notice.next = nil
    put(notice)
  }

  private mutating func resolve(_ notice: inout Notice, _ data: Object, _ event: Event) {
    let wasSent = data.textAt("outcome") == "sent"
    notice.resolution = Notice.Resolution(
      wasSent: wasSent,
      actor: String(decoding: event.attributes.actor, as: UTF8.self),
      why: data.textAt("why")?.description ?? "",
      time: event.recordedTime
    )
    notice.state = wasSent ? .sent : .waiting
    if !wasSent { notice.tries = 0 }
  }

  private mutating func count(_ notice: Notice) {
    let times = (latest[notice.recipient] ?? []).suffix(Self.counted - 1)
    latest[notice.recipient] = times + [(notice.requested, notice.isSummary)]
  }

  private mutating func put(_ notice: Notice) {
    if let before = byID[notice.id] { counts[before.state, default: 0] -= 1 }
    counts[notice.state, default: 0] += 1
    byID[notice.id] = notice
    if notice.state == .waiting, !notice.isTest {
      waiting[notice.recipient, default: []].insert(notice.id)
    } else {
      waiting[notice.recipient]?.remove(notice.id)
    }
  }
}
