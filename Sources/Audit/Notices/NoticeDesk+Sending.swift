public import EventStore
internal import Values

extension NoticeDesk {
  /// Takes over what the process before has left: what was being sent when it ended is in doubt, or sent
  /// again where its receiver knows it by its id.
  ///
  /// Where this throws it has done nothing, and is to be called again before anything is taken.
  ///
  /// - Returns: The notices that are in doubt for it, as they then stand.
  @available(*, noasync)
  public mutating func takeOver(at now: Int64) throws -> [Notice] {
    _ = try look(at: now)
    var unknown: [Notice] = []
    let ways = recipients.reduce(into: [:]) { $0[$1.recipient.name] = $1.recipient.way }
    for notice in book.notices where notice.state == .sending && !notice.isTest {
      if ways[notice.recipient]?.isKeyed ?? false {
        interrupted[notice.recipient, default: []].insert(notice.id)
      } else {
        unknown.append(notice)
      }
    }
    try journal.doubt(unknown, reason: "the server ended before it was answered")
    try book.read(log)
    return unknown.compactMap { book[$0.id] }
  }

  /// Gives up what is to be sent to recipients that are no longer there.
  ///
  /// - Returns: The notices that are given up, as they then stand.
  @available(*, noasync)
  @discardableResult
  public mutating func dropRemoved() throws -> [Notice] {
    let names = Set(recipients.map(\.recipient.name))
    for name in due.keys where !names.contains(name) { (due[name], dueTopics[name]) = (nil, nil) }
    let orphans = book.waitingRecipients.filter { !names.contains($0) }.flatMap {
      book.waiting(for: $0)
    }
    guard !orphans.isEmpty else { return [] }
    try journal.giveUp(orphans, reason: "the recipient was removed")
    try book.read(log)
    return orphans.compactMap { book[$0.id] }
  }

  /// Notes that a letter is about to be sent; it may be when this returns.
  ///
  /// - Returns: Where that stands in the log.
  @available(*, noasync)
  public mutating func begin(_ letter: NoticeLetter) throws -> Position {
    let name = letter.recipient.name
    do {
      let position = try journal.request(letter)
      interrupted[name]?.remove(letter.id)
      try book.read(log)
      let topics = Set(letter.topics)
      due[name]?.removeAll { topics.contains($0.topic) }
      dueTopics[name]?.subtract(topics)
      return position
    } catch {
      busy.remove(name)
      throw error
    }
  }

  /// Notes what came of sending a letter.
  ///
  /// - Parameters:
  ///   - letter: The letter.
  ///   - outcome: What came of it.
  ///   - request: Where the log says that it was about to be sent.
  ///   - now: Milliseconds since 1970.
  /// - Returns: The notice as it stands then.
  /// - Throws: `EventLogError`.
  @available(*, noasync)
  @discardableResult
  public mutating func end(
    _ letter: NoticeLetter,
    _ outcome: NoticeOutcome,
    request: Position,
    at now: Int64
  ) throws -> Notice? {
    defer { busy.remove(letter.recipient.name) }
    var next: Int64?
    if case .notSent(let status, _, let wait) = outcome, !letter.topics.isEmpty {
      next = NoticeRetry.next(letter.id, tries: letter.tries, status: status, wait: wait, at: now)
    }
    do {
      try journal.note(outcome, of: letter, next: next, cause: request)
    } catch {
      // Nothing tells what came of it; whoever knows it by its id gets it again.
      if letter.recipient.way.isKeyed, !letter.topics.isEmpty {
        interrupted[letter.recipient.name, default: []].insert(letter.id)
      }
      throw error
    }
    try book.read(log)
    return book[letter.id]
  }

  /// Notes how far everything was told, so that the next process need not look at it again; nothing, where
  /// that is not so many positions from what was noted before.
  @available(*, noasync)
  public mutating func rest(beyond least: UInt64 = 1) throws {
    guard !recipients.isEmpty, let cursor else { return }
    let openings = watched.values.map(\.from) + due.values.joined().map(\.opening)
    let settled = openings.reduce(cursor, min)
    guard settled >= start(size) + least else { return }
    try journal.advance(to: settled)
    try book.read(log)
  }

  /// A letter that tests a recipient; what tells it from other tests is the time, in milliseconds since
  /// 1970.
  public func test(_ recipient: Recipient, at now: Int64) -> NoticeLetter {
    let name = Text("\(recipient.name)\0test\0\(now)")
    let id = id(name.description, [])
    return NoticeLetter(
      id: id,
      recipient: recipient,
      topics: [],
      isSummary: false,
      attempt: 1,
      tries: 1,
      cause: nil,
      made: now,
      message: NoticeText(recipient: recipient, kind: .test, items: [])
        .message(id: id, requested: now)
    )
  }
}
