internal import EventStore
internal import Foundation
internal import TestSupport

/// Everything a store answers, as one number, after what verifying it in depth said.
enum StoreDigest {
  /// `intact` or `damaged`, and a hash of all answers; `error` where there are none.
  static func of(_ folder: String) throws -> String {
    let log: EventLog
    do {
      log = try EventLog(at: folder, .readOnly, options: WorkerOptions.make())
    } catch { return "error opening" }
    let verification: Verification
    do { verification = try log.verify(.deep) } catch { return "error verifying" }
    let verdict = verification.problems.isEmpty ? "intact" : "damaged"
    guard let answers = try? answers(log) else { return verdict + " error" }
    return verdict + " \(answers)"
  }

  private static func answers(_ log: EventLog) throws -> UInt64 {
    var digest: UInt64 = 0xcbf2_9ce4_8422_2325
    func add(_ bytes: some Sequence<UInt8>) {
      for byte in bytes { digest = (digest ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
      digest = (digest ^ 0x1ff) &* 0x0000_0100_0000_01b3
    }
    let everything = Position(0)..<Position(.max)
    let size = try log.size()
    add("\(size)".utf8)
    add(try log.logID())
    try log.read(everything) { event in
      add("\(event)".utf8)
      return true
    }
    for number in 0..<7 {
      for term in NumberedEvent.terms(number) {
        add("\(try log.positions(matching: [[.exactly(term)]], in: everything).positions)".utf8)
      }
      add("\(try log.positions(of: NumberedEvent.stream(number)))".utf8)
    }
    for number in stride(from: 0, to: Int(min(size.count, 200)), by: 8) {
      let draft = NumberedEvent.draft(number)
      add("\(try log.events(source: draft.source, id: draft.id).map(\.position))".utf8)
    }
    for number in 0..<Int(min(size.count, 200)) {
      let value = NumberedEvent.value(number)
      add(try log.value(owner: value.owner, hash: value.hash) ?? [])
    }
    add("\(try log.views())".utf8)
    try log.view(CountingProjection()) { view in
      for row in try view.rows(prefix: []) { add(row.key + row.value) }
    }
    return digest
  }
}
