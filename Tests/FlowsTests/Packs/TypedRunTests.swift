import Flows
import TestSupport
import Testing
import Values

@Suite(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
struct TypedRunTests {
  private struct Tally {
    var flows = 0
    var runs = 0
    var statuses: [ExecutionStatus: Int] = [:]
    var internalErrors: [String] = []
    var cards: Set<String> = []
    var executed: Set<String> = []
    var errors: [String: Int] = [:]
  }

  @Test func `every runnable public flow runs to an end with typed answers`() throws {
    var tally = Tally()
    for pack in try SharedPacks.all.get() {
      for flow in pack.flows {
        let closure = try #require(pack.closure(of: flow.id))
        guard FlowVersion(closure, cards: FirstCards.table).isRunnable else { continue }
        tally.flows += 1
        let program = Program(closure)
        for card in program.cards where !card.isArmHead {
          tally.cards.insert(name(of: card, in: pack))
        }
        for seed in 0..<4 { run(program, seed: UInt64(seed), pack: pack, &tally) }
      }
    }
    let share = Double(tally.executed.count) / Double(max(1, tally.cards.count))
    print(
      """
      typed runs: \(tally.flows) flows, \(tally.runs) runs, statuses \(tally.statuses), \
      \(tally.executed.count) of \(tally.cards.count) cards executed (\(Int(share * 100)) %)
      """
    )
    for (error, count) in tally.errors.sorted(by: { $0.value > $1.value }).prefix(25) {
      print("  \(count) × \(error)")
    }
    #expect(tally.internalErrors == [])
    #expect(tally.flows >= 247)
    #expect(share >= 0.75)
  }

  private func name(of card: CompiledCard, in pack: FlowPack) -> String {
    "\(pack.source) \(card.flowID) \(card.bodyID) \(card.uuid)"
  }

  private func run(_ program: Program, seed: UInt64, pack: FlowPack, _ tally: inout Tally) {
    let run = TypedRun(program, seed: seed, cards: FirstCards.table)
    tally.runs += 1
    tally.statuses[run.outcome.end.status, default: 0] += 1
    for step in run.steps {
      if !step.card.isArmHead { tally.executed.insert(name(of: step.card, in: pack)) }
      guard let error = step.error, error.path == step.path else { continue }
      tally.errors[
        "\(step.card.kind) \(error.error.kind.name): \(error.error.message)",
        default: 0
      ] += 1
      let isInternal = [.invalidFlow, .unsupportedCard].contains(error.error.kind)
      if isInternal, !error.error.message.contains("deep") {
        tally.internalErrors.append("\(pack.source) \(step.path): \(error.error.message)")
      }
    }
  }

  @Test func `the same seed gives the same events`() throws {
    for pack in try SharedPacks.all.get().prefix(12) {
      for flow in pack.flows {
        let closure = try #require(pack.closure(of: flow.id))
        guard FlowVersion(closure).isRunnable else { continue }
        let first = TypedRun(Program(closure), seed: 3)
        let second = TypedRun(Program(closure), seed: 3)
        #expect(first.transcript == second.transcript)
      }
    }
  }
}

extension CompiledCard {
  /// Whether the card only marks where an arm or a flow without an event begins.
  fileprivate var isArmHead: Bool { kind == .function("control:noop") }
}
