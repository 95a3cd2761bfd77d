import Foundation
import TestSupport
import Testing

/// What can be asked of files alone needs no store, and makes none.
@Suite struct WithoutStoreTests {
  @Test func `exports are shown, checked and compared where there is no store`() throws {
    try withProgramStore { store in
      let old = Fixtures.path("flows/user-activated.flopack")
      let shown = try store.must("flow", "show", old)
      #expect(shown.output.contains("Announce an activated user"))
      #expect(try store.run("flow", "check", old).status == 2)
      #expect(try store.run("flow", "diff", old, old).status == 0)
      let missing = try store.run("flow", "show", "Announce an activated user")
      #expect(missing.status == 1)
      #expect(missing.messages.contains("holds no store"))
      #expect(!PackageFolder.exists(store.path))
    }
  }
}
