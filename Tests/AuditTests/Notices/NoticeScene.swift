import Audit
import EventStore
import Flows
import Synchronization
import TestSupport
import Testing
import Values

/// A clock that goes when it is told to.
final class SetClock: Sendable {
  private let time = Mutex<Int64>(1_790_000_000_000)

  var now: Int64 { time.withLock { $0 } }

  func pass(_ milliseconds: Int64) { time.withLock { $0 += milliseconds } }
}

/// A log whose alerts are told to recipients, by a clock that is handed in and answers that are scripted.
struct NoticeScene {
  struct Sent {
    let letter: NoticeLetter
    let time: Int64

    var text: String {
      switch letter.message {
      case .slack(let text): text
      case .mail(let subject, let body): subject + "\n" + body
      case .webhook(let body): String(decoding: body, as: UTF8.self)
      }
    }
  }

  let log: EventLog
  let clock: SetClock
  var desk: NoticeDesk
  /// What went out, in order.
  var sent: [Sent] = []
  /// What comes of what is sent next; it is taken where nothing is left.
  var answers: [NoticeOutcome] = []
  private var number = 0

  var now: Int64 { clock.now }

  static func with(_ body: (inout NoticeScene) throws -> Void) throws {
    let clock = SetClock()
    try withTemporaryFolder { folder in
      var options = deterministicOptions(projections: AuditViews.all)
      options.clock = { clock.now }
      let log = try EventLog(at: folder + "/store", options: options)
      var scene = NoticeScene(log: log, clock: clock, desk: try NoticeDesk(log))
      try body(&scene)
      #expect(try log.verify(.deep).problems.isEmpty)
    }
  }

  mutating func addRecipient(
    _ name: String = "security",
    _ way: Recipient.Way = .slack,
    _ terms: NoticeTerms = NoticeTerms()
  ) throws {
    try RecipientRegistry(log).add(
      Recipient(name: name, way: way, target: "C1", terms: terms),
      credential: nil,
      by: .init(actor: "ada", why: nil)
    )
  }

  /// Appends a breach of a user's password, so many seconds old.
  @discardableResult
  mutating func breach(
    _ user: Text,
    old: Int64 = 0,
    level: String = "LOW",
    from origin: String = "https://acme.example.com",
    name: Text? = nil
  ) throws -> Position {
    number += 1
    let id = Text("b-\(number)")
    let event: Value = [
      "uuid": .text(id), "eventType": "security.breached_credential.detected",
      "published": .text(Instant(milliseconds: now - old * 1000).iso8601),
      "actor": [
        "id": .text(user), "alternateId": .text(user + "@example.com"),
        "displayName": name.map { .text($0) } ?? .null,
      ],
      "debugContext": ["debugData": ["risk": .text(Text("{reasons=x, level=\(level)}"))]],
    ]
    return try AuditedLog(log: log).append(
      "inbound.okta-system-log",
      event,
      id: id.description,
      from: origin
    )
  }

  /// Says something of the alert of a user.
  func decide(_ decision: AlertDecision, _ user: String) throws {
    let alert = try alert(of: user)
    try log.append(
      AppendBatch([decision.draft(alert: alert.id, note: "n", actor: "ada")])
    )
  }

  func alert(of user: String) throws -> Alert {
    var query = AlertQuery()
    query.user = Text(user)
    return try #require(try AlertView(log).alerts(query).first)
  }

  /// Lets a flow handle an event.
  func handle(_ position: Position, id: Text) throws {
    let audited = AuditedLog(log: log)
    let event = try JSON.parse(try #require(try log.event(at: position)).data)
    try audited.run(
      try AuditedLog.closure([AlertHandlingTests.stories[0].flow]),
      .call(arguments: ["event": event]),
      cause: position,
      id: id
    )
  }

  /// Sends all that can be sent now.
  mutating func settle() throws {
    while true {
      while try desk.look(at: now) {}
      try desk.dropRemoved()
      let letters = try desk.take(at: now)
      guard !letters.isEmpty else { return }
      for letter in letters {
        let request = try desk.begin(letter)
        sent.append(Sent(letter: letter, time: now))
        let answer = answers.isEmpty ? .sent(status: 200) : answers.removeFirst()
        try desk.end(letter, answer, request: request, at: now)
      }
    }
  }

  /// Lets time pass in steps, and sends what becomes due.
  mutating func pass(_ seconds: Int64, step: Int64 = 1) throws {
    for _ in 0..<seconds / step {
      clock.pass(step * 1000)
      try settle()
    }
  }

  /// Another process takes over, however the one before ended.
  mutating func restart() throws {
    desk = try NoticeDesk(log)
    _ = try desk.takeOver(at: now)
  }

  /// The kinds of what went out.
  var kinds: [String] {
    sent.compactMap { sent in desk.notices.first { $0.id == sent.letter.id }?.kind }
  }
}
