import Flows
import Replay
import TestSupport
import Testing
import Values

/// The recorded result of one step is altered, as if the engine had computed otherwise: the replay of
/// every card type finds it there, and nowhere before.
///
/// That every card of the engine has a sample is held by ``WrongCardTests``.
@Suite struct WrongResultTests {
  private static func divergence(
    of sample: CardSample,
    _ alter: (inout Alteration, Text) -> Void
  ) throws -> [Divergence?] {
    let program = try RunInMemory.program(sample.flows())
    let recording = RunInMemory.record(program, trigger: sample.trigger)
    let step = try #require(recording.steps.first { $0.path == sample.path })
    return step.outputs.keys.map { key in
      var alteration = Alteration(recording)
      alter(&alteration, key)
      return Replayer.replay(alteration.recording, program).divergence
    }
  }

  @Test(arguments: CardSample.all)
  func `an altered output of a card is found at exactly its step`(_ sample: CardSample) throws {
    let found = try Self.divergence(of: sample) { $0.alter(output: $1, at: sample.path) }
    #expect(!found.isEmpty)
    for divergence in found {
      #expect(divergence?.step == sample.path)
      #expect(divergence?.kind == .outputMismatch)
    }
  }

  @Test(arguments: CardSample.all)
  func `an output that a card did not give is found at exactly its step`(
    _ sample: CardSample
  ) throws {
    let found = try Self.divergence(of: sample) { $0.remove(output: $1, at: sample.path) }
    for divergence in found {
      #expect(divergence?.step == sample.path)
      #expect(divergence?.kind == .outputMismatch)
    }
  }

  @Test(arguments: CardSample.all)
  func `a card that was recorded as failed is found at exactly its step`(
    _ sample: CardSample
  ) throws {
    let found = try Self.divergence(of: sample) { alteration, _ in
      alteration.alter("status", at: sample.path)
    }
    for divergence in found {
      #expect(divergence?.step == sample.path)
      #expect(divergence?.kind == .statusMismatch)
    }
  }
}
