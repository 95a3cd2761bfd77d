import Flows
import TestSupport
import Testing
import Values

@Suite(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
struct PackLoadingTests {
  @Test func `every public pack loads and every card is counted`() throws {
    let packs = try SharedPacks.all.get()
    var flows = 0
    var bodies = 0
    var cards = 0
    for pack in packs {
      flows += pack.flows.count
      for flow in pack.flows {
        flow.body.forEachBody {
          bodies += 1
          cards += $0.cards.count
        }
      }
    }
    #expect(packs.count == 92)
    #expect(flows == 376)
    #expect(bodies == 640)
    #expect(cards == 4819)
    #expect(packs.flatMap(\.flows).reduce(0) { $0 + $1.cardCount } == 4819)
  }

  @Test func `every card of every public flow stands in its outline, or is known to do nothing`()
    throws
  {
    for pack in try SharedPacks.all.get() {
      for flow in pack.flows {
        let closure = try #require(pack.closure(of: flow.id))
        let outline = FlowOutline(flow, in: closure)
        var hidden = 0
        flow.body.forEachBody { body in
          for (place, card) in body.cards.enumerated() {
            let isHead = place == 0 && body.id != flow.body.id
            switch card.kind {
            case .function("control:comment"), .function("control:noop"),
              .function("object:expand"):
              hidden += 1
            case .function("control:join"): hidden += card.outputs.isEmpty ? 1 : 0
            case .function("control:callable"): hidden += isHead ? 1 : 0
            default: break
            }
          }
        }
        #expect(outline.cards.count + hidden == flow.cardCount, "\(flow.name)")
        #expect(outline.cards.map(\.number) == Array(1...outline.cards.count))
        for card in outline.cards {
          for case .output(let source, _, _) in card.inputs.flatMap(\.sources) {
            #expect(source > 0 && source < card.number)
          }
        }
      }
    }
  }

  @Test func `every body has one order, in which wires lead forward and arms are side by side`()
    throws
  {
    for flow in try SharedPacks.all.get().flatMap(\.flows) {
      flow.body.forEachBody { body in
        for wire in body.wires { #expect(wire.sourceCard < wire.targetCard) }
        for (place, card) in body.cards.enumerated() {
          guard let arms = card.arms else { continue }
          #expect(arms.whenTrue.lowerBound > place)
          #expect(arms.whenTrue.upperBound == arms.whenFalse.lowerBound)
          #expect(arms.whenFalse.upperBound < body.cards.count)
          let join = body.cards[arms.whenFalse.upperBound...].first { !$0.isComment }
          #expect(join?.kind == .function("control:join"))
        }
      }
    }
  }

  @Test func `the first 41 cards run at least 247 flows with all they call`() throws {
    for address in FirstCards.addresses { #expect(CardTable.standard[address] != nil) }
    var runnable = 0
    for pack in try SharedPacks.all.get() {
      for flow in pack.flows {
        let closure = try #require(pack.closure(of: flow.id))
        if FlowVersion(closure, cards: FirstCards.table).isRunnable { runnable += 1 }
      }
    }
    #expect(runnable >= 247)
  }

  @Test func `a closure survives its bytes, and its hash with it`() throws {
    for pack in try SharedPacks.all.get() {
      for flow in pack.flows.prefix(3) {
        let closure = try #require(pack.closure(of: flow.id))
        let decoded = try FlowClosure.decode(closure.encode())
        #expect(FlowVersion(decoded) == FlowVersion(closure))
      }
    }
  }
}
