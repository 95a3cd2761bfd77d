import Foundation
import TestSupport
import Testing
import Values

/// Repairs by versions that do what was done elsewhere, in another order, or no more.
@Suite(.waiting) struct RepairOtherVersionTests {
  @Test func `what was done for an item is not done again where the item stands elsewhere`() throws
  {
    try RepairedStore.with { repaired in
      let service = repaired.service
      try repaired.add(items: ["a", "b"])
      service.refuse("POST /b")
      try repaired.runFlow()
      service.refuse()
      try repaired.add(items: ["x", "a", "b"])
      let plan = try repaired.plan(endWith: 2)
      #expect(plan.actions == ["changed", "reuse", "send"])
      try repaired.decide("send", of: "changed")
      try repaired.apply()
      #expect(["x", "a", "b"].map { service.count("POST /\($0)") } == [1, 1, 1])
    }
  }

  @Test func `what was done counts once where it is asked for twice`() throws {
    try RepairedStore.with { repaired in
      try repaired.add(items: ["a", "b"])
      repaired.service.refuse("POST /b")
      try repaired.runFlow()
      repaired.service.refuse()
      try repaired.add(items: ["a", "b", "a"])
      #expect(try repaired.plan().actions == ["reuse", "send", "send"])
      try repaired.apply()
      #expect(["a", "b"].map { repaired.service.count("POST /\($0)") } == [2, 1])
    }
  }

  @Test func `what was done at a card that is no more is reused once by one that asks the same`()
    throws
  {
    try RepairedStore.with { repaired in
      try repaired.add(posts: ["a", "b", "c"])
      repaired.service.refuse("POST /c")
      try repaired.runFlow()
      repaired.service.refuse()
      try repaired.add(posts: ["b", "c"])
      let plan = try repaired.plan(endWith: 2)
      // Another post is sent while that to `a` is no more: somebody has to look.
      #expect(plan.actions == ["reuse", "send", "replaced"])
      try repaired.decide("send", of: "replaced")
      try repaired.apply()
      #expect(["a", "b", "c"].map { repaired.service.count("POST /\($0)") } == [1, 1, 1])
    }
  }

  @Test func `an effect in doubt is told of although the version has it no more`() throws {
    try RepairedStore.with { repaired in
      try repaired.add(posts: ["a", "b"])
      repaired.service.cut("POST /a")
      try repaired.runFlow()
      repaired.service.cut()
      try repaired.add(posts: ["b"])
      #expect(try repaired.plan(endWith: 2).actions == ["send", "in doubt"])
      #expect(try repaired.apply(endWith: 2).map { $0.string("outcome") } == ["left alone"])
      #expect(repaired.service.count("POST /b") == 0)
    }
  }

  @Test func `a word about one doubt is none about the next`() throws {
    try RepairedStore.with { repaired in
      try repaired.add(posts: ["a"])
      repaired.service.cut("POST /a")
      let failed = try repaired.runFlow()
      try repaired.store.must("repair", "resolve", failed, "a", "not-sent")
      try repaired.plan()
      let outcome = try #require(try repaired.apply(endWith: 2).first)
      #expect(outcome.string("outcome") == "failed")
      let sent = repaired.service.count("POST /a")
      let plan = try repaired.plan(endWith: 2)
      #expect(plan.actions == ["in doubt"])
      try repaired.apply(endWith: 2)
      #expect(repaired.service.count("POST /a") == sent)
      try repaired.store.must("repair", "resolve", outcome.string("by"), "a", "sent")
      #expect(try repaired.plan().actions == ["reuse"])
      try repaired.apply()
      #expect(repaired.service.count("POST /a") == sent)
    }
  }

  @Test func `nothing can be decided of an effect that needs no decision`() throws {
    try RepairedStore.with { repaired in
      repaired.service.refuse("POST /message")
      try repaired.runFlow()
      try repaired.plan()
      let text = try String(contentsOfFile: repaired.planFile, encoding: .utf8)
      try text.replacing("\"before\":null}", with: "\"before\":null,\"decision\":\"skip\"}").write(
        toFile: repaired.planFile,
        atomically: true,
        encoding: .utf8
      )
      let run = try repaired.store.run(
        ["repair", "apply", repaired.planFile] + repaired.connections
      )
      #expect(run.status == 1)
      #expect(run.messages.contains("nothing can be decided"), "\(run)")
    }
  }
}
