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

  @Test func `an alert's status that does not exist is refused with those that do`() throws {
    let run = try ToldStore.store.get().run("alerts", "--status", "closed")
    #expect(run.status == 64)
    for status in ["open", "seen", "handled", "acknowledged", "resolved", "suppressed"] {
      #expect(run.messages.contains(status))
    }
  }
}
