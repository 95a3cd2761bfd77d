import Audit
import EventStore
import TestSupport
import Testing
import Values

/// What is done with hooks is told by the log.
@Suite struct HookRegistryTests {
  private static let author = FlowRegistry.Author(actor: "ada@example.com", why: "a new form")

  private static func definition(_ name: String, path: String? = nil) -> Object {
    var members: Object = [
      "name": .text(Text(name)), "format": "okta-event-hook",
      "events": [["type": "user.session.start", "filter": "event.outcome.result eq 'FAILURE'"]],
    ]
    if let path { members["path"] = .text(Text(path)) }
    return members
  }

  @Test func `a hook is there from its addition to its removal`() throws {
    try withTemporaryLog { log in
      let registry = HookRegistry(log)
      #expect(try registry.list().isEmpty)
      try registry.add(Self.definition("breach"), credential: "k1", by: Self.author)
      try registry.add(Self.definition("another"), credential: "k1", by: Self.author)
      let hooks = try registry.list()
      #expect(hooks.map(\.hook.name) == ["another", "breach"])
      let breach = try registry.hook("breach")
      #expect(breach.hook.proof == .header)
      #expect(breach.hook.events.map(\.type) == ["user.session.start"])
      #expect(breach.credential == "k1")
      #expect(breach.actor == "ada@example.com")
      try registry.rotate("breach", credential: "k2", othersUntil: 9, by: Self.author)
      #expect(try registry.hook("breach").credential == "k2")
      // A hook that is changed keeps its credential.
      try registry.add(Self.definition("breach", path: "/in"), credential: nil, by: Self.author)
      let changed = try registry.hook("breach")
      #expect(changed.credential == "k2")
      #expect(changed.hook.path == "/in")
      try registry.remove("breach", by: Self.author)
      #expect(throws: HookRegistryError.unknown("breach", known: ["another"])) {
        try registry.hook("breach")
      }
      #expect(throws: HookRegistryError.unknown("breach", known: ["another"])) {
        try registry.remove("breach", by: Self.author)
      }
    }
  }

  @Test func `two hooks have no path in common`() throws {
    try withTemporaryLog { log in
      let registry = HookRegistry(log)
      try registry.add(Self.definition("a", path: "/in"), credential: "k1", by: Self.author)
      #expect(throws: HookRegistryError.pathTaken("/in", by: "a")) {
        try registry.add(Self.definition("b", path: "/in"), credential: "k1", by: Self.author)
      }
      try registry.add(Self.definition("a", path: "/in"), credential: nil, by: Self.author)
    }
  }
}
