import TestSupport
import Testing
import Values

/// Repairs in which something comes behind an answer that nobody had when they were planned.
@Suite(.waiting) struct RepairUnforeseenTests {
  /// A flow that tells one of two services who the user is, and then looks what else to do.
  private static func add(to repaired: RepairedStore) throws {
    var flow = FlowBuilder("notify")
    flow.card("start", "control:callable")
    ask("user")
    flow.card(
      "name",
      "object:get",
      ["object:object": .wire("user.Response/Body"), "path": .constant("name")],
      outputs: ["output"]
    )
    choose("who", from: "name.output", is: "Eve", "eve", "others")
    ask("state")
    flow.card(
      "word",
      "object:get",
      ["object:object": .wire("state.Response/Body"), "path": .constant("name")],
      outputs: ["output"]
    )
    choose("then", from: "word.output", is: "Eve", "stop", "go")
    try repaired.store.add([flow])

    func ask(_ name: String) {
      repaired.ask(&flow, name, "get", ["Request/URL": repaired.address(name)])
    }
    func choose(
      _ card: String,
      from source: String,
      is value: String,
      _ yes: String,
      _ no: String
    ) {
      flow.ifElse(
        card,
        [
          "left-operand": .wire(source), "operator": .constant("=="),
          "right-operand": .constant(.text(Text(value))),
        ],
        whenTrue: { repaired.ask(&$0, yes, "post", ["Request/URL": repaired.address(yes)]) },
        whenFalse: { repaired.ask(&$0, no, "post", ["Request/URL": repaired.address(no)]) }
      )
    }
  }

  /// A plan that lets go unseen what comes behind the answer that failed.
  private static func withPlan(_ body: (RepairedStore) throws -> Void) throws {
    try RepairedStore.with { repaired in
      try add(to: repaired)
      repaired.service.refuse("GET /state")
      try repaired.runFlow()
      repaired.service.refuse()
      let plan = try repaired.plan(endWith: 2)
      #expect(plan.actions == ["reuse", "unforeseen"])
      let unforeseen = try #require(plan.last { $0.has("hidden") })
      #expect(unforeseen.list("hidden").contains("stop"))
      #expect(!unforeseen.list("hidden").contains("eve"))
      try repaired.decide("send", of: "unforeseen")
      try body(repaired)
    }
  }

  private func counts(of repaired: RepairedStore) -> [Int] {
    ["others", "eve", "go", "stop"].map { repaired.service.count("POST /\($0)") }
  }

  @Test func `what the plan could not foresee is sent where somebody lets it go unseen`() throws {
    try Self.withPlan { repaired in
      let outcomes = try repaired.apply().map { $0.string("outcome") }
      #expect(outcomes == ["repaired"])
      #expect(counts(of: repaired) == [1, 0, 1, 0])
    }
  }

  @Test func `what comes before the answer that nobody had is not sent unseen`() throws {
    try Self.withPlan { repaired in
      repaired.service.rename("Eve")
      let outcome = try #require(try repaired.apply(endWith: 2).first)
      #expect(outcome.string("outcome") == "failed")
      #expect(outcome.string("reason").contains("at eve would send"), "\(outcome)")
      #expect(outcome.string("reason").contains("Plan the repair anew"))
      #expect(counts(of: repaired) == [1, 0, 0, 0])
    }
  }
}
