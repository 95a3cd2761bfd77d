internal import Crypto
public import EventStore
internal import Values

/// Writes to the log what becomes of notices.
public struct NoticeJournal: Sendable {
  private let log: EventLog

  /// Makes a writer.
  public init(_ log: EventLog) {
    self.log = log
  }

  /// Notes that a notice is about to be sent.
  ///
  /// - Returns: Where that stands.
  @available(*, noasync)
  @discardableResult
  func request(_ letter: NoticeLetter) throws -> Position {
    var data: Object = [
      "recipient": .text(Text(letter.recipient.name)), "attempt": .whole(letter.attempt),
      "time": .whole(letter.made),
      "sha256": .text(Hexadecimal.encode(SHA256.hash(data: letter.message.bytes))),
    ]
    if letter.attempt == 1 {
      data["topics"] = .list(letter.topics.map(\.value))
      if letter.isSummary { data["summary"] = true }
    }
    return try append(.requested, letter.id, data, cause: letter.cause)
  }

  /// Notes what came of sending a notice; where it is to be sent again, when.
  @available(*, noasync)
  func note(
    _ outcome: NoticeOutcome,
    of letter: NoticeLetter,
    next: Int64?,
    cause: Position?
  ) throws {
    var data: Object = ["attempt": .whole(letter.attempt)]
    switch outcome {
    case .sent(let status):
      data["status"] = status.map { .whole($0) }
      try append(.sent, letter.id, data, cause: cause)
    case .notSent(let status, let reason, _):
      data["status"] = status.map { .whole($0) }
      data["reason"] = .text(Text(reason))
      data["next"] = next.map { .whole($0) }
      try append(.failed, letter.id, data, cause: cause)
    case .doubted(let status, let reason):
      data["status"] = status.map { .whole($0) }
      data["reason"] = .text(Text(reason))
      try append(.doubted, letter.id, data, cause: cause)
    }
  }

  /// Notes that nobody knows whether notices were taken: of all of them, or of none.
  @available(*, noasync)
  func doubt(_ notices: [Notice], reason: String) throws {
    try append(.doubted, notices, reason)
  }

  /// Notes that notices are not sent again: of all of them, or of none.
  @available(*, noasync)
  func giveUp(_ notices: [Notice], reason: String) throws {
    try append(.failed, notices, reason)
  }

  /// Notes what somebody said of a notice that is in doubt, failed, or waits; where it was not taken, it is
  /// sent again at once.
  ///
  /// It says nothing of a notice that was sent once more meanwhile.
  @available(*, noasync)
  public func resolve(
    _ notice: Notice,
    wasSent: Bool,
    by author: FlowRegistry.Author
  ) throws {
    var data: Object = [
      "outcome": wasSent ? "sent" : "not-sent", "attempt": .whole(notice.attempts),
    ]
    data["why"] = author.why.map { .text(Text($0)) }
    try append(.resolved, notice.id, data, cause: nil, actor: author.actor)
  }

  /// Notes that of what was opened before a position everything was told.
  @available(*, noasync)
  func advance(to position: UInt64) throws {
    try append(.advanced, nil, ["position": .whole(position)], cause: nil)
  }

  @discardableResult
  private func append(
    _ type: NoticeEventType,
    _ notice: String?,
    _ members: Object,
    cause: Position?,
    actor: String? = nil
  ) throws -> Position {
    let draft = draft(type, notice, members, cause: cause, actor: actor)
    guard let outcome = try log.append(AppendBatch([draft])).first else {
      preconditionFailure("An event that was appended has an outcome.")
    }
    return outcome.position
  }

  private func append(_ type: NoticeEventType, _ notices: [Notice], _ reason: String) throws {
    guard !notices.isEmpty else { return }
    let drafts = notices.map {
      draft(type, $0.id, ["reason": .text(Text(reason))], cause: nil, actor: nil)
    }
    try log.append(AppendBatch(drafts))
  }

  private func draft(
    _ type: NoticeEventType,
    _ notice: String?,
    _ members: Object,
    cause: Position?,
    actor: String?
  ) -> EventStore.EventDraft {
    var data = Object()
    if let notice { data["notice"] = .text(Text(notice)) }
    for (key, value) in members { data[key] = value }
    var draft = EventStore.EventDraft(
      type: type.rawValue,
      source: Array("auditcli".utf8),
      stream: NoticeBook.stream,
      data: JSON.serialize(.object(data))
    )
    draft.subject = Array((notice ?? "").utf8)
    draft.actor = Array((actor ?? "").utf8)
    draft.dictionaryClass = .recorded
    draft.cause = cause.map { .position($0) }
    return draft
  }
}
