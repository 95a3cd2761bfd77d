import Audit
import EventStore
import Flows
import TestSupport
import Testing
import Values

/// Which alerts recipients are told of, and when.
@Suite struct NoticeDueTests {
  @Test func `a new alert is told once to each recipient`() throws {
    try NoticeScene.with { scene in
      try scene.addRecipient("security", .slack)
      try scene.addRecipient("siem", .webhook)
      try scene.breach("mara")
      try scene.settle()
      try scene.breach("mara")
      try scene.settle()
      try scene.restart()
      try scene.settle()
      #expect(scene.sent.map(\.letter.recipient.name).sorted() == ["security", "siem"])
      #expect(scene.kinds == ["new", "new"])
      #expect(Set(scene.sent.map(\.letter.id)).count == 2)
    }
  }

  @Test(arguments: [
    (NoticeTerms(severity: .high), ["HIGH"]), (NoticeTerms(severity: .medium), ["HIGH", "MEDIUM"]),
    (NoticeTerms(reasons: [.unhandled]), []),
    (NoticeTerms(origins: ["https://other.example.com"]), []),
    (NoticeTerms(origins: ["https://acme.example.com"]), ["HIGH", "MEDIUM", "LOW"]),
    (NoticeTerms(origins: ["ACME.example.com"]), ["HIGH", "MEDIUM", "LOW"]),
  ])
  func `a recipient is told of what its terms say`(_ terms: NoticeTerms, _ told: [String]) throws {
    try NoticeScene.with { scene in
      try scene.addRecipient("security", .slack, terms)
      for level in ["HIGH", "MEDIUM", "LOW"] { try scene.breach(Text(level), level: level) }
      try scene.settle()
      let users = scene.sent.map { sent in told.first { sent.text.contains($0 + "@example.com") } }
      #expect(users == told)
    }
  }

  @Test func `an alert is told to whom its opening event concerns, however many events it has`()
    throws
  {
    try NoticeScene.with { scene in
      let terms = NoticeTerms(reasons: [.reopened], origins: ["https://other.example.com"])
      try scene.addRecipient("security", .slack, terms)
      for _ in 0..<40 { try scene.breach("mara") }
      try scene.decide(.acknowledged, "mara")
      try scene.breach("mara", from: "https://other.example.com")
      try scene.pass(1)
      #expect(scene.kinds == ["reopened"])
    }
  }

  @Test func `an alert of many events is told all the same, also where it comes again`() throws {
    try NoticeScene.with { scene in
      try scene.addRecipient("security", .slack)
      for _ in 0..<300 { try scene.breach("mara") }
      try scene.settle()
      #expect(scene.kinds == ["new"])
      try scene.decide(.acknowledged, "mara")
      for _ in 0..<300 { try scene.breach("mara") }
      try scene.settle()
      // It is left alone for a moment; a process that ends then forgets nothing.
      try scene.desk.rest()
      try scene.restart()
      try scene.pass(2)
      #expect(scene.kinds == ["new", "reopened"])
      for _ in 0..<300 { try scene.breach("mara") }
      try scene.pass(2)
      try scene.decide(.acknowledged, "mara")
      try scene.breach("mara")
      try scene.settle()
      try scene.desk.rest()
      try scene.pass(2)
      #expect(scene.kinds == ["new", "reopened", "reopened"])
      try scene.pass(1200, step: 60)
      #expect(scene.kinds == ["new", "reopened", "reopened", "unhandled"])
    }
  }

  @Test func `an alert that grows graver is told to whom it was too light`() throws {
    try NoticeScene.with { scene in
      try scene.addRecipient("security", .slack, NoticeTerms(reasons: [.new], severity: .high))
      try scene.breach("mara", level: "LOW")
      try scene.settle()
      #expect(scene.sent.isEmpty)
      try scene.breach("mara", level: "HIGH")
      try scene.settle()
      #expect(scene.kinds == ["new"])
    }
  }

  @Test func `nobody is told of alerts from before they were added`() throws {
    try NoticeScene.with { scene in
      try scene.breach("before")
      try scene.addRecipient()
      try scene.settle()
      try scene.pass(1200, step: 60)
      #expect(scene.sent.isEmpty)
      try scene.breach("after")
      try scene.settle()
      #expect(scene.sent.count == 1)
      #expect(scene.sent[0].text.contains("after@example.com"))
    }
  }

  @Test func `a change of terms holds for what is opened from then on`() throws {
    try NoticeScene.with { scene in
      try scene.addRecipient(
        "security",
        .slack,
        NoticeTerms(reasons: [.unhandled], severity: .high)
      )
      try scene.breach("light")
      try scene.breach("grave", level: "HIGH")
      try scene.addRecipient("security", .slack, NoticeTerms(reasons: [.new]))
      try scene.breach("later")
      try scene.settle()
      try scene.pass(900, step: 60)
      #expect(scene.kinds == ["new", "unhandled"])
      #expect(scene.sent[0].text.contains("later@example.com"))
      #expect(scene.sent[1].text.contains("grave@example.com"))
    }
  }

  @Test func `what came while nobody told is told by the next, also what waits to be unhandled`()
    throws
  {
    try NoticeScene.with { scene in
      try scene.addRecipient()
      try scene.breach("one")
      try scene.settle()
      try scene.desk.rest()
      scene.clock.pass(60_000)
      try scene.breach("two")
      try scene.restart()
      try scene.settle()
      #expect(scene.kinds == ["new", "new"])
      try scene.pass(14 * 60, step: 10)
      #expect(scene.kinds == ["new", "new", "unhandled"])
      try scene.restart()
      try scene.pass(60, step: 10)
      try scene.pass(3600, step: 60)
      #expect(scene.kinds == ["new", "new", "unhandled", "unhandled"])
    }
  }

  @Test func `what was old when it came in is history`() throws {
    try NoticeScene.with { scene in
      try scene.addRecipient()
      try scene.addRecipient("all", .mail, NoticeTerms(reasons: [.new], within: 100 * 86_400_000))
      try scene.breach("recent", old: 6 * 86_400)
      try scene.breach("history", old: 8 * 86_400)
      try scene.settle()
      try scene.pass(1200, step: 60)
      let told = scene.sent.filter { $0.letter.recipient.name == "security" }
      #expect(told.count == 2)
      #expect(told.allSatisfy { $0.text.contains("recent@example.com") })
      #expect(scene.sent.count == 4)
    }
  }
}

/// Alerts that nobody handles, and alerts that are opened anew.
@Suite struct NoticeUnhandledTests {
  /// What is done within the quarter of an hour, and whether somebody is told that nothing was.
  enum Deed: CaseIterable {
    case nothing
    case acknowledged
    case handledByFlow
    case seenByFlow
  }

  @Test(arguments: Deed.allCases)
  func `an alert is unhandled after its time, unless somebody handled it`(_ deed: Deed) throws {
    try NoticeScene.with { scene in
      try scene.addRecipient("security", .slack, NoticeTerms(reasons: [.unhandled]))
      let position = try scene.breach("mara")
      try scene.pass(899)
      #expect(scene.sent.isEmpty)
      switch deed {
      case .nothing: break
      case .acknowledged: try scene.decide(.acknowledged, "mara")
      case .handledByFlow: try scene.handle(position, id: "e-1")
      case .seenByFlow:
        try AuditedLog(log: scene.log).run(
          try AuditedLog.closure([AlertHandlingTests.stories[1].flow]),
          .call(arguments: ["event": AlertHandlingTests.breach("b-1")]),
          cause: position,
          id: "e-1"
        )
      }
      try scene.pass(10)
      let isTold = deed == .nothing || deed == .seenByFlow
      #expect(scene.kinds == (isTold ? ["unhandled"] : []))
      #expect(scene.sent.first?.text.contains("after 15 min") ?? !isTold)
      try scene.pass(7200, step: 60)
      #expect(scene.sent.count == (isTold ? 1 : 0))
    }
  }

  @Test(arguments: [AlertDecision.acknowledged, .resolved, .suppressed])
  func `an alert that was dealt with is opened anew by another event`(_ word: AlertDecision) throws
  {
    try NoticeScene.with { scene in
      try scene.addRecipient()
      try scene.breach("mara")
      try scene.settle()
      try scene.decide(word, "mara")
      try scene.pass(1200, step: 60)
      #expect(scene.kinds == ["new"])
      try scene.breach("mara")
      try scene.breach("mara")
      try scene.settle()
      #expect(scene.kinds == ["new", "reopened"])
      try scene.pass(1200, step: 60)
      #expect(scene.kinds == ["new", "reopened", "unhandled"])
      try scene.decide(word, "mara")
      try scene.breach("mara")
      try scene.pass(1200, step: 60)
      #expect(scene.kinds == ["new", "reopened", "unhandled", "reopened", "unhandled"])
      #expect(Set(scene.sent.map(\.letter.id)).count == 5)
      #expect(try scene.alert(of: "mara").openings.count == 3)
    }
  }

  @Test func `what a flow had handled is opened anew; what it had not, grows`() throws {
    try NoticeScene.with { scene in
      let first = try scene.breach("mara")
      let second = try scene.breach("mara")
      #expect(try scene.alert(of: "mara").openings == [first])
      try scene.handle(first, id: "e-1")
      let third = try scene.breach("mara")
      #expect(try scene.alert(of: "mara").openings == [first])
      try scene.handle(second, id: "e-2")
      try scene.handle(third, id: "e-3")
      #expect(try scene.alert(of: "mara").status == "handled")
      let fourth = try scene.breach("mara")
      #expect(try scene.alert(of: "mara").openings == [first, fourth])
      #expect(try scene.alert(of: "mara").status == "seen")
    }
  }
}
