import Flows
import Replay
import TestSupport
import Testing
import Values

/// A replay that cannot fail proves nothing: every card is made to give a wrong result once.
@Suite struct WrongCardTests {
  @Test(arguments: CardSample.all)
  func `a wrong result of a card is found at exactly its step`(_ sample: CardSample) throws {
    let program = try RunInMemory.program(sample.flows())
    let recording = RunInMemory.record(program, trigger: sample.trigger)
    let step = try #require(recording.steps.first { $0.path == sample.path })
    #expect(step.status == .succeeded, "\(String(describing: step.error))")
    #expect(Replayer.replay(recording, program).outcome == .identical)

    var cards = CardTable.standard
    let address = CardAddress(stringLiteral: sample.address)
    try #require(cards[address] != nil)
    cards[address]?.adjustment = { outputs, _ in
      for place in outputs.indices { outputs[place] = "wrong" }
    }
    let divergence = Replayer.replay(recording, program, cards: cards).divergence
    #expect(divergence?.step == sample.path)
    #expect(divergence?.kind == .outputMismatch)
  }

  @Test func `a card that should fail and does not is found at its step`() throws {
    var main = FlowBuilder("main")
    main.card("start", "control:callable")
    main.card("boom", "control:throw", ["message": .constant("no")])
    let program = try RunInMemory.program([main])
    let recording = RunInMemory.record(program)
    var cards = CardTable.standard
    cards["control:throw"] = FunctionCard("control:throw", pure: { _ in })
    let divergence = Replayer.replay(recording, program, cards: cards).divergence
    #expect(divergence?.step == "boom")
    #expect(divergence?.kind == .statusMismatch)
  }

  @Test func `a card that the engine lost is found at its step`() throws {
    let sample = try #require(CardSample.texts.first)
    let program = try RunInMemory.program(sample.flows())
    var cards = CardTable.standard
    cards["string:compose"] = nil
    let divergence = Replayer.replay(RunInMemory.record(program), program, cards: cards).divergence
    #expect(divergence?.step == "card")
    #expect(divergence?.kind == .statusMismatch)
  }

  @Test func `every card of the engine has a sample`() {
    // A comment is no step, and a *Return Error* gives nothing.
    let without: Set<String> = ["control:comment", "control:throw"]
    let sampled = Set(CardSample.all.map(\.address))
    let missing = CardTable.standard.addresses.map(\.description).filter {
      !sampled.contains($0) && !without.contains($0)
    }
    #expect(missing == [])
  }
}
