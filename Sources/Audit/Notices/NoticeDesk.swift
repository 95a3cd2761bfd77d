internal import Crypto
public import EventStore
internal import Values

/// Decides which notices are to be sent, when, and what follows from what became of them.
///
/// It has no clock and sends nothing: times are handed in, and whoever has the means sends what
/// ``take(at:)`` gives, between ``begin(_:)`` and ``end(_:_:request:at:)``. One process at a time may do so;
/// any may look.
public struct NoticeDesk: Sendable {
  let log: EventLog
  let journal: NoticeJournal
  private let logID: [UInt8]
  var book = NoticeBook()
  private(set) var recipients: [RegisteredRecipient] = []
  /// How far the log's alerts were looked at; nil before the first look.
  var cursor: UInt64?
  /// How many events the log had then.
  var size: UInt64 = 0
  /// When an alert is to be looked at again, by its id, and from which position on there is something of it
  /// to be told.
  var watched: [Text: (time: Int64, from: UInt64)] = [:]
  /// When alerts of many events were looked at, and how long they are left alone.
  private var rested: [Text: (looked: Int64, pause: Int64)] = [:]
  /// When openings were seen that the log, whose clock was ahead, dates later; by their positions.
  private var seen: [Position: Int64] = [:]
  /// When the log was looked at.
  private var looked: Int64 = .min
  /// What is to be told and was not yet, by recipient, in order.
  var due: [String: [Due]] = [:]
  var dueTopics: [String: Set<NoticeTopic>] = [:]
  /// The recipients to which something is being sent.
  var busy: Set<String> = []
  /// Notices that were being sent when the process before ended, and can be sent again.
  var interrupted: [String: Set<String>] = [:]

  struct Due {
    let topic: NoticeTopic
    let opening: UInt64
  }

  /// So many notices a recipient gets one by one in a minute; what is more is gathered.
  public static let limit = 10
  /// An alert of more events than this is left alone between looks for a millisecond for each, ten seconds
  /// at most: each look reads them all.
  private static let (few, longestRest): (Int, Int64) = (64, 10_000)
  /// One look reads so many events.
  private static let slice = 1_000
  /// A summary gathers so many alerts.
  private static let gathered = 5_000

  /// Makes a desk.
  ///
  /// - Throws: `EventLogError`.
  public init(_ log: EventLog) throws {
    self.log = log
    journal = NoticeJournal(log)
    logID = try log.logID()
  }
}

extension NoticeDesk {
  private static let claimName = Array("noticer".utf8)

  /// The claim of the process that sends a log's notices; nil where another one has it.
  ///
  /// - Throws: `EventLogError` where claims cannot be made.
  public static func claim(_ log: EventLog) throws -> Claim? { try Claim(claimName, in: log) }

  /// Whether a process sends a log's notices now.
  ///
  /// - Throws: `EventLogError` where claims cannot be read.
  public static func isServed(_ log: EventLog) throws -> Bool {
    try Claim.isHeld(claimName, in: log)
  }
}

// MARK: - Looking

extension NoticeDesk {
  /// Looks at what the log has new, and at what has become due; returns whether there is more to look at.
  ///
  /// - Throws: `EventLogError`.
  /// - Complexity: O(*n*) in the events of alerts that are new, 1,000 at most, and in what is watched.
  public mutating func look(at now: Int64) throws -> Bool {
    // The size first: who is registered behind it is told of nothing before it.
    let size = try log.size().count
    if size != self.size || cursor == nil {
      try book.read(log)
      recipients = try RecipientRegistry(log).list()
      self.size = size
    }
    let view = AlertView(log)
    var changed: [Text] = []
    let first = cursor ?? start(size)
    var next = recipients.isEmpty ? size : max(first, size)
    if !recipients.isEmpty, first < size {
      (changed, next) = try view.alerts(ofEventsFrom: first, before: size, limit: Self.slice)
    }
    // A clock that was set back is waited for by nobody.
    let isBack = now < looked
    let ready = watched.filter { isBack || $0.value.time <= now }.map(\.key).sorted()
    var done: Set<Text> = []
    for id in changed + ready where done.insert(id).inserted {
      if let end = rest(of: id, at: now) {
        let known = watched[id]
        watched[id] = (min(end, known?.time ?? end), min(first, known?.from ?? first))
      } else {
        // What throws here is looked at again: nothing of it is forgotten before.
        watched[id] = try view.alert(id).flatMap { try consider($0, at: now) }
      }
    }
    (cursor, looked) = (next, now)
    return next < size
  }

  /// Until when an alert of many events is left alone; nil where it can be looked at.
  private func rest(of id: Text, at now: Int64) -> Int64? {
    guard let (looked, pause) = rested[id], (looked..<looked + pause).contains(now) else {
      return nil
    }
    return looked + pause
  }

  /// Where a new process begins to look.
  func start(_ size: UInt64) -> UInt64 {
    let added = recipients.compactMap { $0.terms.first?.position.rawValue }.min() ?? size
    return max(book.advanced ?? 0, added)
  }

  /// Finds out what is to be told of an alert, and returns when it has to be looked at again.
  private mutating func consider(
    _ alert: Alert,
    at now: Int64
  ) throws -> (time: Int64, from: UInt64)? {
    let count = alert.events.count
    rested[alert.id] = count > Self.few ? (now, min(Int64(count), Self.longestRest)) : nil
    var again: (time: Int64, from: UInt64)?
    for (number, place) in alert.openings.enumerated() {
      let isLast = number == alert.openings.count - 1
      var facts: OpeningFacts?
      for registered in recipients {
        guard let terms = registered.terms(at: place), alert.severity >= terms.severity else {
          continue
        }
        let known = try facts ?? self.facts(alert, place, at: now)
        facts = known
        guard known.fits(terms) else { continue }
        let name = registered.recipient.name
        let reason: NoticeReason = number == 0 ? .new : .reopened
        if terms.reasons.contains(reason) {
          add(NoticeTopic(alert: alert.id, reason: reason, opening: number), place, name)
        }
        guard isLast, alert.isUnhandled, terms.reasons.contains(.unhandled) else { continue }
        let time = known.received + terms.after
        if time <= now {
          add(NoticeTopic(alert: alert.id, reason: .unhandled, opening: number), place, name)
        } else if time < again?.time ?? .max {
          again = (time, place.rawValue)
        }
      }
    }
    return again
  }

  private mutating func facts(
    _ alert: Alert,
    _ opening: Position,
    at now: Int64
  ) throws -> OpeningFacts {
    let first = min(seen[opening] ?? now, now)
    let facts = try OpeningFacts(alert, opening, seen: first, log)
    seen[opening] = facts.isAhead ? first : nil
    return facts
  }

  private mutating func add(_ topic: NoticeTopic, _ opening: Position, _ recipient: String) {
    guard !book.hasTold(recipient, topic),
      dueTopics[recipient, default: []].insert(topic).inserted
    else { return }
    due[recipient, default: []].append(Due(topic: topic, opening: opening.rawValue))
  }

  /// How many things a recipient is to be told of that it was not told yet.
  public func dueCount(for recipient: String) -> Int { due[recipient]?.count ?? 0 }

  /// How many notices stand how, by the names of their states, and how many are `due`; as of the last look.
  public var counts: [(state: String, count: Int)] {
    Notice.State.allCases.map { ($0.rawValue, book.counts[$0] ?? 0) }
      + [("due", due.values.reduce(0) { $0 + $1.count })]
  }

  /// The notices of the log, as of the last look.
  public var notices: [Notice] { book.notices }
}

// MARK: - Taking

extension NoticeDesk {
  /// What can be sent now, at most one notice a recipient; until ``end(_:_:at:)`` it gets no other.
  ///
  /// - Throws: `EventLogError`.
  public mutating func take(at now: Int64) throws -> [NoticeLetter] {
    var letters: [NoticeLetter] = []
    for registered in recipients where !busy.contains(registered.recipient.name) {
      guard let letter = try letter(for: registered.recipient, at: now) else { continue }
      busy.insert(registered.recipient.name)
      letters.append(letter)
    }
    return letters
  }

  private mutating func letter(
    for recipient: Recipient,
    at now: Int64
  ) throws -> NoticeLetter? {
    if let id = interrupted[recipient.name]?.min(), let notice = book[id] {
      return try again(notice, recipient, at: now)
    }
    // Whoever did not take one notice is not sent others meanwhile.
    let waiting = book.waiting(for: recipient.name)
    if let ready = waiting.first(where: { Self.isReady($0, at: now) }) {
      return try again(ready, recipient, at: now)
    }
    guard waiting.isEmpty, dueCount(for: recipient.name) > 0 else { return nil }
    let recent = book.recent(for: recipient.name, at: now)
    let singles = recent.filter { !$0.isSummary }.count
    let left = Self.limit - singles
    let canGather = recent.count == singles
    guard canGather || dueCount(for: recipient.name) <= left else { return nil }
    let items = try items(for: recipient.name)
    guard !items.isEmpty else { return nil }
    if items.count <= left {
      return fresh(recipient, Array(items.prefix(1)), isSummary: false, at: now)
    }
    return fresh(recipient, items, isSummary: true, at: now)
  }

  /// Whether a notice that waits can be sent again; one that a person asked for, or that a clock dated which
  /// was ahead, can.
  private static func isReady(_ notice: Notice, at now: Int64) -> Bool {
    guard let next = notice.next else { return true }
    return next <= now || next > now + 2 * NoticeRetry.longestWait
  }

  /// What a recipient is to be told, as much as a summary takes, without what has become pointless.
  private mutating func items(for recipient: String) throws -> [NoticeText.Item] {
    let view = AlertView(log)
    let all = due[recipient] ?? []
    var items: [NoticeText.Item] = []
    var count = 0
    for due in all where items.count < Self.gathered {
      count += 1
      guard let alert = try view.alert(due.topic.alert) else { continue }
      let isLast = due.topic.opening == alert.openings.count - 1
      guard due.topic.reason != .unhandled || isLast && alert.isUnhandled else { continue }
      items.append((due.topic, alert))
    }
    let kept = Set(items.map(\.topic))
    let left = all[..<count].filter { kept.contains($0.topic) } + all[count...]
    due[recipient] = left
    dueTopics[recipient] = Set(left.map(\.topic))
    return items
  }

  private func fresh(
    _ recipient: Recipient,
    _ items: [NoticeText.Item],
    isSummary: Bool,
    at now: Int64
  ) -> NoticeLetter {
    let topics = items.map(\.topic)
    let id = id(recipient.name, topics)
    let cause = topics.count == 1 ? items[0].alert.openings.dropFirst(topics[0].opening).first : nil
    return NoticeLetter(
      id: id,
      recipient: recipient,
      topics: topics,
      isSummary: isSummary,
      attempt: 1,
      tries: 1,
      cause: cause,
      made: now,
      message: NoticeText(recipient: recipient, kind: isSummary ? .summary : .single, items: items)
        .message(id: id, requested: now)
    )
  }

  /// A notice once more; it tells of the alerts as they stand now.
  private func again(
    _ notice: Notice,
    _ recipient: Recipient,
    at now: Int64
  ) throws -> NoticeLetter {
    let view = AlertView(log)
    let items = try notice.topics.compactMap { topic in
      try view.alert(topic.alert).map { (topic, $0) }
    }
    return NoticeLetter(
      id: notice.id,
      recipient: recipient,
      topics: notice.topics,
      isSummary: notice.isSummary,
      attempt: notice.attempts + 1,
      tries: notice.tries + 1,
      cause: nil,
      made: now,
      message: NoticeText(
        recipient: recipient,
        kind: notice.isSummary ? .summary : .single,
        items: items
      ).message(id: notice.id, requested: notice.requested)
    )
  }

  /// The id of a notice: of the log, whom it goes to, and what it tells.
  func id(_ recipient: String, _ topics: [NoticeTopic]) -> String {
    let name = JSON.serialize(.list([.text(Text(recipient))] + topics.map(\.value)))
    return "n-\(Hexadecimal.encode(SHA256.hash(data: logID + name).prefix(10)))"
  }
}
