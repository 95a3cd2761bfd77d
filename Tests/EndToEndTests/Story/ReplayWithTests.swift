import TestSupport
import Testing
import Values

/// Which executions `replay --with` compares with a version of one flow.
@Suite struct ReplayWithTests {
  @Test func `executions of other flows are left out, unless they are named`() throws {
    let store = try ToldStore.store.get()
    let asked = try store.must("replay", "--all", "--with", "Warn one user@2")
    #expect(asked.messages.contains("No execution."), "\(asked)")
    let id = try ToldStore.executions.get()[0]
    let named = try store.run("replay", id, "--with", "Warn one user@2", "--json")
    #expect(try named.firstObject().string("execution") == id, "\(named)")
  }
}
