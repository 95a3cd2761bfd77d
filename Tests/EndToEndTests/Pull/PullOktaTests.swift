import Foundation
import Synchronization
import TestSupport
import Testing
import Values

/// `pull okta` against an org on loopback.
@Suite(.waiting) struct PullOktaTests {
  @Test func `an org's log is pulled once, and from where the last pull ended`() throws {
    try PulledOrg.with { pulled in
      pulled.org.publish(PulledOrg.entries(120))
      let first = try pulled.pull().firstObject()
      #expect(first["appended"] == 120 && first["pages"] == 4)
      #expect(first["origin"] == .text(Text(pulled.server.url)))
      let contents = try PulledOrg.contents(pulled.store)
      let resumed = ["pull", "okta", "--json", "--connections", pulled.connections]
      let second = try pulled.store.must(resumed).firstObject()
      #expect(second["appended"] == 0 && second["duplicates"] == 0)
      #expect(try PulledOrg.contents(pulled.store) == contents)
      pulled.org.publish(PulledOrg.entries(7, seed: 9))
      let text = try pulled.store.must("pull", "okta", "--connections", pulled.connections)
      #expect(text.output.contains("7 appended, 0 duplicates, 0 conflicting"))
    }
  }

  @Test func `limits, cut answers and damaged JSON are waited out`() throws {
    try PulledOrg.with { pulled in
      pulled.org.publish(PulledOrg.entries(200))
      pulled.org.fail([
        0: .tooMany(seconds: 1), 2: .cut, 3: .damaged, 5: .status(503), 6: .hangUp,
      ])
      let report = try pulled.pull().firstObject()
      #expect(report["appended"] == 200)
      #expect(pulled.org.count == 10)
    }
  }

  @Test(arguments: [
    (SystemLogStandIn.Fault.redirect("https://evil.example.com/"), "evil.example.com"),
    (.next("https://evil.example.com/api/v1/logs?after=1"), "evil.example.com"),
    (.next("http://127.0.0.1:1/api/v1/logs?after=1"), "127.0.0.1:1"),
    (.next("../../../../etc/passwd"), "next"), (.nextIsSelf, "came already"),
  ])
  func `who leads elsewhere, or nowhere, is not followed`(
    _ fault: SystemLogStandIn.Fault,
    _ part: String
  ) throws {
    try PulledOrg.with { pulled in
      pulled.org.publish(PulledOrg.entries(120))
      pulled.org.fail([1: fault])
      let run = try pulled.store.run(["pull", "okta", "--json"] + pulled.arguments)
      #expect(run.status == 1)
      if part != "next" { #expect(run.messages.contains(part), "\(run.messages)") }
      #expect(run.messages.contains("goes on from there"))
      #expect(!run.messages.contains(OktaStandIn.token))
      try pulled.pull()
      #expect(try pulled.store.events("inbound.okta-system-log").count == 120)
    }
  }

  @Test func `pages that are too long become shorter`() throws {
    try PulledOrg.with(pageSize: 1000) { pulled in
      pulled.org.publish(PulledOrg.entries(120))
      _ = try pulled.store.connections(
        PulledOrg.connection(pulled.server.url) + "    maximumResponse: 40000\n"
      )
      let report = try pulled.pull().firstObject()
      #expect(report["appended"] == 120)
      _ = try pulled.store.connections(
        PulledOrg.connection(pulled.server.url) + "    maximumResponse: 500\n"
      )
      let run = try pulled.store.run(["pull", "okta"] + pulled.arguments)
      #expect(run.status == 1)
      #expect(run.messages.contains("maximumResponse"))
    }
  }

  @Test func `an answer with the credential in it is not kept`() throws {
    try PulledOrg.with { pulled in
      let leak =
        #"{"uuid":"x","eventType":"t","published":"2026-09-01T00:00:00Z","#
        + #""displayMessage":"\#(OktaStandIn.token)"}"#
      pulled.org.publish([Array(leak.utf8)])
      let run = try pulled.store.run(["pull", "okta"] + pulled.arguments)
      #expect(run.status == 1)
      #expect(run.messages.contains("credential") && !run.messages.contains(OktaStandIn.token))
      #expect(try pulled.store.events("inbound.okta-system-log").isEmpty)
    }
  }

  @Test func `which connection is meant, and what is missing, is told`() throws {
    try PulledOrg.with { pulled in
      let none = try pulled.store.run("pull", "okta", "--connections", "nowhere.yaml")
      #expect(none.status == 1 && none.messages.contains("nowhere.yaml"))
      let unknown = try pulled.store.run(
        ["pull", "okta", "--connection", "Nobody"] + pulled.arguments
      )
      #expect(unknown.status == 1 && unknown.messages.contains("Nobody"))
      let url = pulled.server.url
      _ = try pulled.store.connections(
        PulledOrg.connection(url)
          + PulledOrg.connection(url).replacing("name: Acme", with: "name: Other")
      )
      let several = try pulled.store.run(["pull", "okta"] + pulled.arguments)
      #expect(several.status == 1 && several.messages.contains("Acme, Other"))
      let other = try pulled.pull("--connection", "Other").firstObject()
      #expect(other["connection"] == "Other")
      _ = try pulled.store.connections(PulledOrg.connection(url, token: "00AnotherToken"))
      let refused = try pulled.store.run(["pull", "okta"] + pulled.arguments)
      #expect(refused.status == 1 && refused.messages.contains("Invalid token provided"))
    }
  }

  @Test func `a pull that is killed at any moment leaves the log of one that was not`() throws {
    var random = SplitMix64(forTest: "killed pulls")
    try PulledOrg.with(pageSize: 20) { pulled in
      let entries = PulledOrg.entries(1500)
      pulled.org.publish(entries)
      var (kills, hasBegun) = (0, false)
      for _ in 0..<Torture.count(20, full: 200) {
        let requests = pulled.org.count + random.below(6)
        let wasKilled = try ProgramRun.kill(
          ["--store", pulled.store.path, "pull", "okta", "--connections", pulled.connections]
            + (hasBegun ? [] : ["--since", "2026-01-01"]),
          once: {
            guard pulled.org.count >= requests else { return false }
            usleep(UInt32(random.below(30_000)))
            return true
          }
        )
        if wasKilled { kills += 1 }
        if !hasBegun { hasBegun = (try? pulled.store.events("pull.advanced").isEmpty) == false }
      }
      #expect(kills > 0)
      try pulled.store.must("pull", "okta", "--connections", pulled.connections)
      let other = ProgramStore(path: pulled.store.folder + "/whole", folder: pulled.store.folder)
      try other.must(["pull", "okta"] + pulled.arguments)
      #expect(try pulled.store.events("inbound.okta-system-log").count == 1500)
      let contents = try PulledOrg.contents(other)
      #expect(try PulledOrg.contents(pulled.store) == contents)
    }
  }

  @Test func `who follows gets what comes later too`() throws {
    try PulledOrg.with { pulled in
      pulled.org.publish(PulledOrg.entries(60))
      let more = Mutex(false)
      _ = try ProgramRun.kill(
        ["--store", pulled.store.path, "pull", "okta", "--follow", "--every", "1s"]
          + pulled.arguments,
        once: {
          let count = (try? pulled.store.events("inbound.okta-system-log").count) ?? 0
          if count >= 60, more.withLock({ !$0 }) {
            more.withLock { $0 = true }
            pulled.org.publish(PulledOrg.entries(5, seed: 9))
          }
          return count >= 65
        }
      )
      #expect(try pulled.store.events("inbound.okta-system-log").count == 65)
    }
  }

  @Test func `who follows outlasts an outage, and tells of it`() throws {
    try PulledOrg.with { pulled in
      pulled.org.publish(PulledOrg.entries(60))
      pulled.org.fail(Dictionary(uniqueKeysWithValues: (1...6).map { ($0, .status(503)) }))
      _ = try ProgramRun.kill(
        ["--store", pulled.store.path, "pull", "okta", "--follow", "--every", "1s"]
          + pulled.arguments,
        once: { (try? pulled.store.events("inbound.okta-system-log").count) ?? 0 >= 60 }
      )
      #expect(pulled.org.count > 7)
      #expect(try pulled.store.events("inbound.okta-system-log").count == 60)
    }
  }

  @Test func `gaps between hook and log end the program with 2, and are in the log`() throws {
    try PulledOrg.with { pulled in
      let secret = try pulled.store.addHook(
        #"{"name":"h","format":"okta-event-hook","origin":"\#(pulled.server.url)","#
          + #""events":[{"type":"group.user_membership.add"}]}"#
      )
      #expect(!secret.isEmpty)
      let time = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)).iso8601
      pulled.org.publish([
        Array(
          (#"{"uuid":"u1","eventType":"group.user_membership.add","published":"\#(time)","#
            + #""outcome":{"result":"SUCCESS"}}"#).utf8
        )
      ])
      let left = try pulled.pull().objects()
      #expect(left[0]["heldBack"] == 1 && left[0]["appended"] == 0)
      let found = try pulled.pull("--wait-for-hooks", "0", endWith: 2).objects()
      #expect(found[0]["gaps"] == 1)
      #expect(found[1].string("gap") == "missed-by-hook")
      #expect(found[1].string("id") == "u1")
      let page = try JSONPage()
      for object in found {
        #expect(page.unexplained(in: object, by: page.keys(of: ["pull", "okta"])).isEmpty)
      }
      let text = try pulled.store.must(["pull", "okta"] + pulled.arguments)
      #expect(text.output.contains("h did not deliver 0 of 0"))
      #expect(try pulled.store.events("pull.compared").count == 1)
    }
  }
}
