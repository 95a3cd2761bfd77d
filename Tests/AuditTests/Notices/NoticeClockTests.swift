import Audit
import EventStore
import TestSupport
import Testing
import Values

/// What a clock does that was ahead once, and was set right.
@Suite struct NoticeClockTests {
  private static let day: Int64 = 86_400_000

  /// The log dates nothing before what it has: from here on it is a day ahead.
  private func jump(_ scene: inout NoticeScene) throws {
    scene.clock.pass(Self.day)
    for number in 0..<NoticeDesk.limit { try scene.breach(Text("ahead\(number)")) }
    try scene.settle()
    scene.clock.pass(-Self.day)
  }

  @Test func `notices go on after the clock was ahead, one by one and as a summary`() throws {
    try NoticeScene.with { scene in
      try scene.addRecipient("security", .slack, NoticeTerms(reasons: [.new]))
      try jump(&scene)
      scene.sent = []
      for number in 0..<3 { try scene.breach(Text("then\(number)")) }
      try scene.settle()
      #expect(scene.kinds == ["new", "new", "new"])
      try scene.pass(60)
      scene.sent = []
      for number in 0..<30 { try scene.breach(Text("flood\(number)")) }
      try scene.settle()
      #expect(scene.kinds == ["summary"])
    }
  }

  @Test func `what nobody handles is told in time after the clock was ahead`() throws {
    try NoticeScene.with { scene in
      try scene.addRecipient("security", .slack, NoticeTerms(reasons: [.unhandled]))
      try jump(&scene)
      try scene.breach("mara")
      try scene.pass(899, step: 29)
      #expect(!scene.sent.contains { $0.text.contains("mara@example.com") })
      try scene.pass(60, step: 1)
      #expect(scene.sent.contains { $0.text.contains("mara@example.com") })
    }
  }

  @Test func `an event is no history because the log dates it days later than it came`() throws {
    try NoticeScene.with { scene in
      try scene.addRecipient("security", .slack, NoticeTerms(reasons: [.new]))
      scene.clock.pass(30 * Self.day)
      try scene.breach("ahead")
      scene.clock.pass(-30 * Self.day)
      try scene.settle()
      try scene.breach("mara")
      try scene.settle()
      #expect(scene.sent.last?.text.contains("mara@example.com") == true)
    }
  }

  @Test func `what was to be sent again a day later is sent again when the clock is right`() throws
  {
    try NoticeScene.with { scene in
      try scene.addRecipient("siem", .webhook, NoticeTerms(reasons: [.new]))
      scene.clock.pass(Self.day)
      try scene.breach("mara")
      scene.answers = [.notSent(status: nil, reason: "Nobody answers.", wait: 0)]
      try scene.settle()
      #expect(scene.desk.notices.map(\.state) == [.waiting])
      scene.clock.pass(-Self.day)
      try scene.settle()
      #expect(scene.desk.notices.map(\.state) == [.sent])
    }
  }
}
