import Audit
import EventStore
import TestSupport
import Testing
import Values

/// Deliveries that bring as many events as one batch takes, and more.
@Suite struct CrowdedDeliveryTests {
  private static func delivery(of count: Int) -> [UInt8] {
    let events = Array(repeating: "{}", count: count).joined(separator: ",")
    return Array(#"{"eventId":"d","data":{"events":[\#(events)]}}"#.utf8)
  }

  /// With the delivery itself they are as many as a batch takes.
  private static let most = EventLog.maximumBatchCount - 1

  @Test func `a delivery of more events than a batch takes is refused, and leaves nothing`() throws
  {
    try HookedLog.with { log, hook, intake in
      func append(_ count: Int) throws -> DeliveryOutcome {
        let body = Self.delivery(of: count)
        let delivery = Delivery(hook: hook, credential: "k1", sender: "127.0.0.1:1", body: body)
        return try intake.append([delivery])[0].get()
      }
      let size = try log.size().count
      let refusal = "it brings \(EventLog.maximumBatchCount + 1) events"
      #expect(throws: DeliveryIntake.Unreadable.self) { try append(Self.most + 1) }
      do {
        _ = try append(Self.most + 1)
      } catch { #expect("\(error)" == refusal) }
      #expect(try log.size().count == size)
      // All the empty ones are one event.
      let outcome = try append(Self.most)
      #expect((outcome.appended, outcome.duplicates) == (2, Self.most - 1))
    }
  }

  @Test(arguments: [nil, InboundFormat.oktaEventHook])
  func `a reader says how many events there are, and reads none of them`(
    _ format: InboundFormat?
  ) throws {
    let reader = InboundReader()
    let error = #expect(throws: JSONReadError.self) {
      try reader.read(Self.delivery(of: 300_000), as: format)
    }
    #expect(error?.kind == .tooManyEvents)
    #expect(error?.description == "it brings 300001 events, more than 65536")
    // It reads on.
    #expect(try reader.read(Self.delivery(of: 2), as: format).count == 3)
  }
}
