internal import EventStore
internal import Foundation
internal import Glibc

/// Generated System Log entries, and the drafts of them.
struct Samples: Sendable {
  let events: [[UInt8]]
  let drafts: [EventDraft]
  /// The bytes of all events.
  let size: Int

  init(count: Int) {
    var generator = EventGenerator(seed: 1)
    events = (0..<count).map { _ in generator.nextEvent() }
    size = events.reduce(0) { $0 + $1.count }
    drafts = events.indices.map { [events] in Self.draft($0, events[$0]) }
  }

  /// A draft with the terms of an ordinary entry: nine shared values and three nearly unique.
  static func draft(_ number: Int, _ data: [UInt8]) -> EventDraft {
    var draft = EventDraft(
      type: "inbound.okta-system-log",
      source: Array("https://acme.example.com".utf8),
      stream: StreamID("origin-https://acme.example.com"),
      data: data
    )
    let hour = String(format: "%04x", number / 4_000)
    draft.id = Array(String(format: "%08x-%@-11f1-9f4e-%012x", number, hour, number).utf8)
    draft.identity = .sourceAndID
    draft.timestamp = 1_788_220_800_000 + Int64(number) * 900
    draft.time = Array("2026-09-01T00:00:00.000Z".utf8)
    let shared = [51, 2_000, 3, 40, 3_000, 900, 200, 60, 5]
    draft.terms = shared.enumerated().map { field, values in
      let value = (number &* 2_654_435_761 >> 7 &+ field) % values
      return Term(field: UInt8(field + 1), value: Array("value-\(value)".utf8))
    }
    for field in UInt8(40)..<43 {
      draft.terms.append(Term(field: field, value: Array("session-\(number / 3)".utf8)))
    }
    return draft
  }

  /// Options with the system's clock and randomness.
  static func options() -> EventLogOptions {
    EventLogOptions(
      mapSize: 1 << 36,
      clock: { Int64(Date().timeIntervalSince1970 * 1_000) },
      entropy: { count in
        var bytes = [UInt8](repeating: 0, count: count)
        bytes.withUnsafeMutableBytes { buffer in
          for start in stride(from: 0, to: count, by: 256) {
            let part = buffer[start..<min(start + 256, count)]
            let status = getentropy(
              UnsafeMutableRawBufferPointer(rebasing: part).baseAddress,
              part.count
            )
            precondition(status == 0)
          }
        }
        return bytes
      }
    )
  }
}

extension EventLog {
  /// Appends all drafts in batches, each durable.
  func append(all drafts: [EventDraft], batch: Int) throws {
    for start in stride(from: 0, to: drafts.count, by: batch) {
      try append(AppendBatch(Array(drafts[start..<min(start + batch, drafts.count)])))
    }
  }

  /// Prepares on a second thread what the first commits.
  func appendPipelined(_ drafts: [EventDraft], batch: Int) throws {
    let starts = Array(stride(from: 0, to: drafts.count, by: batch))
    DispatchQueue.concurrentPerform(iterations: 2) { worker in
      for index in stride(from: worker, to: starts.count, by: 2) {
        let end = min(starts[index] + batch, drafts.count)
        _ = try? append(AppendBatch(Array(drafts[starts[index]..<end])))
      }
    }
  }
}
