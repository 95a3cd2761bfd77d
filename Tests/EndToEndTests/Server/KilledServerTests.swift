import Foundation
import TestSupport
import Testing
import Values

/// A server that ends, of itself or not: what it answered with success is there.
@Suite(.waiting) struct KilledServerTests {
  private func check(_ store: ProgramStore, has taken: Set<String>) throws {
    let ids = try store.events("inbound.okta-event-hook").compactMap { event -> String? in
      if case .text(let id)? = event["id"] { id.description } else { nil }
    }
    #expect(Set(ids).count == ids.count)
    #expect(taken.subtracting(ids).isEmpty)
  }

  @Test func `everything that was answered with success survives kills`() throws {
    var random = SplitMix64(seed: 7)
    try withProgramStore { store in
      let secret = try store.addHook(#"{"name":"h","format":"okta-event-hook"}"#)
      var taken: Set<String> = []
      for round in 0..<Torture.count(4, full: 20) {
        let served = try ServedStore(store)
        let port = served.port
        let moment = 100_000 + random.below(400_000)
        let senders = Concurrently.threads(9) { sender -> Set<String> in
          guard sender < 8 else {
            usleep(UInt32(moment))
            served.kill()
            return []
          }
          return OktaDelivery.pour(from: round * 10_000_000 + sender * 1_000_000, secret, to: port)
        }
        for sender in senders { taken.formUnion(try sender.get()) }
      }
      #expect(!taken.isEmpty)
      try check(store, has: taken)
    }
  }

  @Test func `a server that is told to end answers what it has taken in`() throws {
    try withProgramStore { store in
      let secret = try store.addHook(#"{"name":"h","format":"okta-event-hook"}"#)
      let served = try ServedStore(store)
      let port = served.port
      let senders = Concurrently.threads(5) { sender -> Set<String> in
        guard sender < 4 else {
          usleep(200_000)
          #expect(served.stop() == 0)
          return []
        }
        return OktaDelivery.pour(from: sender * 1_000_000, secret, to: port)
      }
      var taken: Set<String> = []
      for sender in senders { taken.formUnion(try sender.get()) }
      #expect(!taken.isEmpty)
      try check(store, has: taken)
      #expect(served.messages.isEmpty)
    }
  }
}
