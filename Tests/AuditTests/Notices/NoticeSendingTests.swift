import Audit
import EventStore
import TestSupport
import Testing
import Values

/// What becomes of notices that are not taken, or of which nobody knows.
@Suite struct NoticeSendingTests {
  private static let refused = NoticeOutcome.notSent(
    status: nil,
    reason: "Nobody answers.",
    wait: 0
  )

  @Test func `what is not taken is sent again with longer pauses, twenty times`() throws {
    try NoticeScene.with { scene in
      try scene.addRecipient("security", .slack, NoticeTerms(reasons: [.new]))
      try scene.breach("mara")
      scene.answers = Array(repeating: Self.refused, count: 20)
      try scene.settle()
      try scene.breach("tomas")
      try scene.pass(8 * 3600, step: 5)
      let mara = scene.sent.filter { $0.letter.id == scene.sent[0].letter.id }
      #expect(mara.count == 20)
      let pauses = zip(mara, mara.dropFirst()).map { ($1.time - $0.time) / 1000 }
      for (number, pause) in pauses.enumerated() {
        let least: Int64 = min(1800, 5 << Int64(min(number, 10)))
        #expect((least...least * 6 / 5 + 5).contains(pause), "pause \(number): \(pause) s")
      }
      let notices = scene.desk.notices
      #expect(notices.map(\.state) == [.failed, .sent])
      #expect(notices[0].reason == "Nobody answers.")
      // Nothing else went to it meanwhile.
      #expect(scene.sent.last?.letter.id == notices[1].id)
      #expect(scene.sent.count == 21)
    }
  }

  @Test func `a receiver that asks to wait is waited for`() throws {
    try NoticeScene.with { scene in
      try scene.addRecipient("security", .webhook, NoticeTerms(reasons: [.new]))
      try scene.breach("mara")
      scene.answers = [.notSent(status: 429, reason: "too many", wait: 300_000)]
      try scene.settle()
      #expect(scene.desk.notices[0].next == scene.now + 300_000)
      try scene.pass(299)
      #expect(scene.sent.count == 1)
      try scene.pass(2)
      #expect(scene.desk.notices.map(\.state) == [.sent])
      #expect(scene.desk.notices[0].attempts == 2)
    }
  }

  @Test(arguments: [400, 413, 422])
  func `what is wrong in itself is not sent again`(_ status: Int) throws {
    try NoticeScene.with { scene in
      try scene.addRecipient("security", .webhook, NoticeTerms(reasons: [.new]))
      try scene.breach("mara")
      scene.answers = [.notSent(status: status, reason: "no", wait: 0)]
      try scene.settle()
      try scene.pass(3600, step: 60)
      #expect(scene.sent.count == 1)
      #expect(scene.desk.notices.map(\.state) == [.failed])
      #expect(scene.desk.notices[0].status == status)
    }
  }

  @Test func `what is in doubt is sent again only where somebody says that it was not taken`()
    throws
  {
    try NoticeScene.with { scene in
      try scene.addRecipient("security", .slack, NoticeTerms(reasons: [.new]))
      for user in ["mara", "tomas"] as [Text] {
        try scene.breach(user)
        scene.answers = [.doubted(status: nil, reason: "it broke off")]
        try scene.settle()
      }
      try scene.pass(3600, step: 60)
      #expect(scene.sent.count == 2)
      #expect(scene.desk.notices.map(\.state) == [.doubted, .doubted])
      let author = FlowRegistry.Author(actor: "ada", why: "I looked")
      let journal = NoticeJournal(scene.log)
      try journal.resolve(scene.desk.notices[0], wasSent: false, by: author)
      try journal.resolve(scene.desk.notices[1], wasSent: true, by: author)
      try scene.settle()
      #expect(scene.sent.map(\.letter.id).last == scene.sent[0].letter.id)
      #expect(scene.sent.count == 3)
      #expect(scene.desk.notices.map(\.state) == [.sent, .sent])
      #expect(scene.desk.notices.map { $0.resolution?.wasSent } == [false, true])
    }
  }

  @Test func `a notice that waits is sent at once where somebody says so, and others after it`()
    throws
  {
    try NoticeScene.with { scene in
      try scene.addRecipient("siem", .webhook, NoticeTerms(reasons: [.new]))
      try scene.breach("mara")
      scene.answers = [.notSent(status: 429, reason: "too many", wait: 3_600_000)]
      try scene.settle()
      try scene.breach("tomas")
      try scene.pass(60)
      #expect(scene.sent.count == 1)
      let author = FlowRegistry.Author(actor: "ada", why: "it listens again")
      let waiting = scene.desk.notices[0]
      try NoticeJournal(scene.log).resolve(waiting, wasSent: false, by: author)
      try scene.settle()
      #expect(scene.desk.notices.map(\.state) == [.sent, .sent])
      #expect(scene.sent.count == 3)
      // Said once more of what is no longer so, it does nothing.
      try NoticeJournal(scene.log).resolve(waiting, wasSent: false, by: author)
      try scene.breach("ines")
      try scene.settle()
      #expect(scene.desk.notices.map(\.state) == [.sent, .sent, .sent])
      #expect(scene.sent.count == 4)
    }
  }

  @Test func `who takes over is told what is in doubt, and of whose recipient is gone`() throws {
    try NoticeScene.with { scene in
      try scene.addRecipient("security", .slack, NoticeTerms(reasons: [.new]))
      try scene.addRecipient("siem", .webhook, NoticeTerms(reasons: [.new]))
      try scene.breach("mara")
      scene.answers = [Self.refused]
      while try scene.desk.look(at: scene.now) {}
      for letter in try scene.desk.take(at: scene.now) {
        let request = try scene.desk.begin(letter)
        guard letter.recipient.way == .webhook else { continue }
        try scene.desk.end(letter, Self.refused, request: request, at: scene.now)
      }
      scene.desk = try NoticeDesk(scene.log)
      let left = try scene.desk.takeOver(at: scene.now)
      #expect(left.map(\.state) == [.doubted])
      #expect(left.map(\.reason) == ["the server ended before it was answered"])
      #expect(try scene.desk.takeOver(at: scene.now).isEmpty)
      try RecipientRegistry(scene.log).remove("siem", by: .init(actor: "ada", why: nil))
      while try scene.desk.look(at: scene.now) {}
      let dropped = try scene.desk.dropRemoved()
      #expect(dropped.map(\.state) == [.failed])
      #expect(dropped.map(\.reason) == ["the recipient was removed"])
      #expect(try scene.desk.dropRemoved().isEmpty)
    }
  }

  @Test(arguments: Recipient.Way.allCases)
  func `what was on its way when the process ended is in doubt, or sent again by its id`(
    _ way: Recipient.Way
  ) throws {
    try NoticeScene.with { scene in
      try scene.addRecipient("security", way, NoticeTerms(reasons: [.new]))
      try scene.breach("mara")
      while try scene.desk.look(at: scene.now) {}
      let letter = try #require(try scene.desk.take(at: scene.now).first)
      _ = try scene.desk.begin(letter)
      try scene.restart()
      try scene.settle()
      try scene.pass(3600, step: 60)
      if way == .webhook {
        #expect(scene.sent.map(\.letter.id) == [letter.id])
        #expect(scene.sent.map(\.letter.attempt) == [2])
        #expect(scene.desk.notices.map(\.state) == [.sent])
      } else {
        #expect(scene.sent.isEmpty)
        #expect(scene.desk.notices.map(\.state) == [.doubted])
      }
    }
  }

  @Test func `a recipient that was removed is sent nothing any more`() throws {
    try NoticeScene.with { scene in
      try scene.addRecipient("security", .webhook)
      try scene.breach("mara")
      scene.answers = [Self.refused]
      try scene.settle()
      try RecipientRegistry(scene.log).remove("security", by: .init(actor: "ada", why: nil))
      try scene.pass(3600, step: 60)
      #expect(scene.sent.count == 1)
      #expect(scene.desk.notices.map(\.state) == [.failed])
      #expect(scene.desk.notices[0].reason == "the recipient was removed")
    }
  }

  @Test(arguments: [1, 10, 11, 300])
  func `what is too much for a minute is gathered, and nothing is told twice`(_ count: Int) throws {
    try NoticeScene.with { scene in
      try scene.addRecipient("security", .webhook, NoticeTerms(reasons: [.new]))
      for number in 0..<count { try scene.breach(Text("user\(number)")) }
      try scene.settle()
      #expect(scene.kinds == (count <= 10 ? Array(repeating: "new", count: count) : ["summary"]))
      for number in 0..<count { try scene.breach(Text("more\(number)")) }
      try scene.pass(300)
      for sent in scene.sent {
        let minute = scene.sent.filter { (sent.time..<sent.time + 60_000).contains($0.time) }
        #expect(minute.count <= NoticeDesk.limit + 1)
      }
      let told = scene.desk.notices.flatMap(\.topics).map(\.alert)
      #expect(told.count == 2 * count)
      #expect(Set(told).count == 2 * count)
    }
  }

  /// Breaches, words of people, pauses and sudden ends, in any order.
  @Test(arguments: 0..<UInt64(Torture.count(6, full: 100)))
  func `whatever happens, each is told once, and none is lost unseen`(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    try NoticeScene.with { scene in
      try scene.addRecipient("siem", .webhook)
      try scene.addRecipient("security", .slack)
      var taken: [String: Int] = [:]
      for _ in 0..<60 {
        let user = Text("user\(random.below(6))")
        switch random.below(5) {
        case 0, 1: try scene.breach(user)
        case 2: if try scene.hasAlert(user) { try scene.decide(.acknowledged, user.description) }
        case 3: scene.clock.pass(Int64(random.below(1_200_000)))
        default: try scene.pass(Int64(random.below(20)))
        }
        // A process that ends somewhere between looking, sending and noting.
        while try scene.desk.look(at: scene.now) {}
        let end = random.below(6)
        for letter in try scene.desk.take(at: scene.now) {
          guard end != 0 else { continue }
          let request = try scene.desk.begin(letter)
          guard end != 1 else { continue }
          taken[letter.id, default: 0] += 1
          guard end != 2 else { continue }
          try scene.desk.end(letter, .sent(status: 200), request: request, at: scene.now)
        }
        if end < 3 { try scene.restart() }
        if end == 3 { try scene.desk.rest() }
      }
      try scene.restart()
      try scene.pass(3600, step: 30)
      for sent in scene.sent { taken[sent.letter.id, default: 0] += 1 }
      let notices = scene.desk.notices
      for notice in notices {
        let count = taken[notice.id] ?? 0
        if notice.recipient == "security" {
          #expect(count <= 1, "seed \(seed): a message was doubled")
          if count == 0 { #expect(notice.state == .doubted) }
        }
        if notice.recipient == "siem" { #expect(notice.state == .sent) }
        if notice.state == .sent, notice.recipient == "security" { #expect(count >= 1) }
      }
      for recipient in ["siem", "security"] {
        let topics = notices.filter { $0.recipient == recipient }.flatMap(\.topics)
        #expect(Set(topics).count == topics.count, "seed \(seed): something was told twice")
        for alert in try AlertView(scene.log).alerts() {
          for number in alert.openings.indices {
            let reason: NoticeReason = number == 0 ? .new : .reopened
            #expect(
              topics.contains {
                $0.alert == alert.id && $0.reason == reason && $0.opening == number
              },
              "seed \(seed): \(recipient) was not told"
            )
          }
        }
      }
    }
  }
}

extension NoticeScene {
  func hasAlert(_ user: Text) throws -> Bool {
    var query = AlertQuery()
    query.user = user
    return try !AlertView(log).alerts(query).isEmpty
  }
}
