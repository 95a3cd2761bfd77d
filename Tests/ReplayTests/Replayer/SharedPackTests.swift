import Flows
import Replay
import TestSupport
import Testing
import Values

/// The public flows, run with made-up answers: every run replays identically, in the same bytes.
@Suite(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
struct SharedPackTests {
  @Test(arguments: SharedData.names(in: "okta-templates"))
  func `every runnable flow replays identically and compares with itself`(_ name: String) throws {
    let pack = try FlowPack.load(
      SharedData.bytes("okta-templates/\(name)/workflow.flopack"),
      source: name
    )
    for flow in pack.flows {
      guard let closure = pack.closure(of: flow.id), FlowVersion(closure).isRunnable else {
        continue
      }
      let program = Program(closure)
      let differ = Differ(old: program, new: program)
      for seed in [0, 1] as [UInt64] {
        let recording = RunInMemory.typed(program, seed: seed)
        let first = Replayer.replay(recording, program)
        #expect(first.outcome == .identical, "\(flow.name)")
        let second = Replayer.replay(recording, program)
        #expect(JSON.serialize(first.value) == JSON.serialize(second.value))
        let result = differ.diff(recording)
        #expect(result.verdict == .identical, "\(flow.name) \(JSON.text(result.value))")
        #expect(result.proof == .proven)
      }
    }
  }
}
