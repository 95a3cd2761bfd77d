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
      "sha256": .text(Self.digest(letter.message.bytes)),
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

  /// Notes that nobody knows whether a notice was taken.
  @available(*, noasync)
  func doubt(_ notice: Notice, reason: String) throws {
    try append(.doubted, notice.id, ["reason": .text(Text(reason))], cause: nil)
  }

  /// Notes that a notice is not sent again.
  @available(*, noasync)
  func giveUp(_ notice: Notice, reason: String) throws {
    try append(.failed, notice.id, ["reason": .text(Text(reason))], cause: nil)
  }

  /// Notes what somebody said of a notice that is in doubt, or failed; where it was not taken, it is sent
  /// again.
  @available(*, noasync)
  public func resolve(
    _ notice: Notice,
    wasSent: Bool,
    by author: FlowRegistry.Author
  ) throws {
    var data: Object = ["outcome": wasSent ? "sent" : "not-sent"]
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
    guard let outcome = try log.append(AppendBatch([draft])).first else {
      preconditionFailure("An event that was appended has an outcome.")
    }
    return outcome.position
  }

  private static func digest(_ bytes: [UInt8]) -> Text {
    Text(
      SHA256.hash(data: bytes).map { byte in
        let digits = String(byte, radix: 16)
        return byte < 16 ? "0" + digits : digits
      }.joined()
    )
  }
}
