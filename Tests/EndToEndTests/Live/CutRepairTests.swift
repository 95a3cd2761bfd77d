import Foundation
import TestSupport
import Testing
import Values

/// Repairs that were cut off, and what the program tells people to do about them.
@Suite(.waiting) struct CutRepairTests {
  /// A repair that was killed when its message was on its way.
  private static func cut(_ body: (RepairedStore, _ failed: String, _ by: String) throws -> Void)
    throws
  {
    try RepairedStore.with(delay: 1) { repaired in
      repaired.service.refuse("POST /message")
      let failed = try repaired.runFlow()
      repaired.service.refuse()
      try repaired.plan()
      let arguments = ["--store", repaired.store.path, "repair", "apply", repaired.planFile]
      let isKilled = try ProgramRun.kill(
        arguments + repaired.connections,
        once: { repaired.service.count("POST /message") == 1 }
      )
      try #require(isKilled)
      let listed = try repaired.store.must(["resume", "--list", "--json"], endWith: 2).objects()
      let line = try #require(listed.first { $0.has("then") })
      #expect(line.string("then") == "plan")
      let by = line.string("execution")
      #expect(line.string("reason").contains("\(by) repairs \(failed) by the plan "))
      try body(repaired, failed, by)
      #expect(repaired.service.count("POST /message") == 1)
      #expect(repaired.service.count("POST /ticket") == 1)
      #expect(try repaired.execution(failed).has("resolvedBy"))
    }
  }

  /// The commands that a message names.
  private static func commands(in message: String) -> [String] {
    message.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
  }

  @Test func `a repair that was cut off is applied again, as its message says`() throws {
    try Self.cut { repaired, failed, by in
      let refused = try repaired.store.run(["resume", by] + repaired.connections)
      #expect(refused.status == 2)
      let first = try #require(Self.commands(in: refused.messages).first)
      #expect(first == "auditcli repair apply FILE")
      let doubt = try #require(try repaired.apply(endWith: 2).first)
      #expect(doubt.string("outcome") == "in doubt")
      let resolve = try #require(Self.commands(in: doubt.string("reason")).first)
      #expect(resolve == "auditcli repair resolve \(by) message sent|not-sent")
      try shell(resolve.replacing("sent|not-sent", with: "sent"), in: repaired)
      #expect(try repaired.apply().map { $0.string("outcome") } == ["repaired"])
    }
  }

  @Test func `a repair whose plan is lost is ended and planned anew, as its message says`() throws {
    try Self.cut { repaired, failed, by in
      let refused = try repaired.store.run(["resume", by] + repaired.connections)
      let commands = Self.commands(in: refused.messages)
      try #require(commands.count == 3)
      #expect(commands[1] == "auditcli resume \(by) --give-up")
      try shell(commands[1], in: repaired)
      try FileManager.default.removeItem(atPath: repaired.planFile)
      #expect(try repaired.plan(endWith: 2).actions == ["reuse", "in doubt"])
      let left = try #require(try repaired.apply(endWith: 2).first)
      let resolve = try #require(Self.commands(in: left.string("reason")).first)
      try shell(resolve.replacing("sent|not-sent", with: "sent"), in: repaired)
      try FileManager.default.removeItem(atPath: repaired.planFile)
      try shell(commands[2].replacing("FILE", with: repaired.planFile), in: repaired)
      #expect(try repaired.apply().map { $0.string("outcome") } == ["repaired"])
    }
  }

  @Test func `a server takes up no repair, and says what does`() throws {
    try Self.cut { repaired, failed, by in
      let server = try ServedStore(repaired.store, repaired.connections)
      let deadline = Date().addingTimeInterval(30)
      while !server.messages.contains("repairs \(failed)"), Date() < deadline { usleep(20_000) }
      #expect(server.messages.contains("auditcli repair apply FILE"), "\(server.messages)")
      #expect(repaired.service.count("POST /message") == 1)
      #expect(server.stop() == 0)
      try repaired.apply(endWith: 2)
      try repaired.store.must("repair", "resolve", by, "message", "sent")
      try repaired.apply()
    }
  }
}
