import TestSupport
import Testing
import Values

/// What a trace can begin at, by the names people have for it.
@Suite struct TraceStartTests {
  @Test func `a delivery is found by its own id, as by its position`() throws {
    let store = try ToldStore.store.get()
    let history = try store.must("history", "--json").objects()
    let trigger = try #require(history.compactMap { $0["trigger"] }.first)
    guard case .object(let event) = trigger, case .text(let id)? = event["id"] else {
      Issue.record("the latest execution has no trigger")
      return
    }
    let byID = try store.must("trace", id.description, "--json").output
    #expect(byID.contains("\"kind\""))
    #expect(try store.must("trace", "\(event.count("position"))", "--json").output == byID)
  }

  @Test func `what trace writes is what it takes`() throws {
    let store = try ToldStore.store.get()
    let plain = try store.must("trace", "65", "--down", "--json").output
    #expect(try store.must("trace", "event:65", "--down", "--json").output == plain)
    for edge in try store.must("trace", "65", "--down", "--json").objects() {
      guard case .text(let name)? = edge["to"], !name.hasPrefix("effect:") else { continue }
      try store.must("trace", name.description, "--up")
    }
  }

  @Test(arguments: ["999999", "event:999999", "no-such-id", "execution:no-such-id"])
  func `what is not in the log is refused with where its positions end`(name: String) throws {
    let run = try ToldStore.store.get().must("trace", name, endWith: 1)
    #expect(run.messages.contains("nothing in the log is called"))
    #expect(run.messages.contains("positions end at"))
  }

  @Test func `a step that was not recorded is refused`() throws {
    let store = try ToldStore.store.get()
    let history = try store.must("history", "--json").objects()
    guard case .text(let execution)? = history.first?["execution"] else {
      Issue.record("no execution")
      return
    }
    let run = try store.must("trace", "\(execution)/nosuch", "--up", endWith: 1)
    #expect(run.messages.contains("ran no step nosuch"))
  }

  @Test func `an alert's status that does not exist is refused with those that do`() throws {
    let run = try ToldStore.store.get().run("alerts", "--status", "closed")
    #expect(run.status == 64)
    for status in ["open", "seen", "handled", "acknowledged", "resolved", "suppressed"] {
      #expect(run.messages.contains(status))
    }
  }
}
