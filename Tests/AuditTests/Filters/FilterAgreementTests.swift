import Audit
import EventStore
import Foundation
import TestSupport
import Testing

/// The index gives what reading every event gives, over a log in which detections find something.
@Suite struct FilterAgreementTests {
  /// How many entries there are; each sign stands in one of a thousand.
  static let count = Torture.count(25_000, full: 100_000)

  /// The log, made once for all tests; it lives until the tests end.
  private static let log = Result {
    let folder = try makeLastingFolder()
    let file = folder + "/entries.ndjson"
    try write(to: file)
    let log = try EventLog(at: folder + "/store", options: deterministicOptions(mapSize: 1 << 32))
    let report = try Ingest(into: log, IngestOptions(origin: "https://acme.example.com")).run([file]
    )
    guard report.appended == count else { throw Lost(report: report) }
    return log
  }

  /// Writes the entries, few of them in memory at a time.
  private static func write(to file: String) throws {
    guard FileManager.default.createFile(atPath: file, contents: nil),
      let handle = FileHandle(forWritingAtPath: file)
    else { throw CocoaError(.fileWriteUnknown) }
    var entries = try SignedEntries(seed: 2026)
    for _ in 0..<count / 1_000 {
      var lines: [UInt8] = []
      for _ in 0..<1_000 { lines += try entries.nextEntry() + [UInt8(ascii: "\n")] }
      try handle.write(contentsOf: lines)
    }
    try handle.close()
  }

  private struct Lost: Error { let report: IngestReport }

  /// Where each filter holds, found by trying it on the bytes of every event.
  private func scan(_ filters: [Filter], _ log: EventLog) throws -> [[Position]] {
    let size = try log.size().count
    let parts = 8
    let found = Concurrently.map(parts) { part in
      let bounds = [part, part + 1].map { Position(size * UInt64($0) / UInt64(parts)) }
      var found = filters.map { _ in [Position]() }
      let reader = JSONReader()
      try log.scan(bounds[0]..<bounds[1]) { event in
        guard event.type.starts(with: "inbound.".utf8) else { return true }
        try reader.withDocument(Array(try event.data())) { root in
          for (index, filter) in filters.enumerated() where filter.matches(root) {
            found[index].append(event.position)
          }
        }
        return true
      }
      return found
    }
    return try found.reduce(into: filters.map { _ in [] }) { all, part in
      for (index, positions) in try part.get().enumerated() { all[index] += positions }
    }
  }

  /// Where a filter holds, found as the command `search` finds it.
  private func search(_ filter: Filter, _ log: EventLog) throws -> [Position] {
    var query = SearchQuery()
    query.filter = filter
    var found: [Position] = []
    try LogSearch(query, in: log).run {
      found.append($0.position)
      return true
    }
    return found
  }

  @Test(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
  func `every detection finds the same by index and by reading everything`() throws {
    let log = try Self.log.get()
    let texts = try SharedFilters.systemLog()
    let filters = try texts.map { text in try Filter(text) }
    let scanned = try scan(filters, log)
    for (index, filter) in filters.enumerated() {
      #expect(try search(filter, log) == scanned[index], "\(texts[index])")
      #expect(scanned[index].count >= 20, "\(texts[index])")
      #expect(scanned[index].count < Self.count, "\(texts[index])")
    }
    let counts = scanned.map(\.count)
    print(
      "detections: \(filters.count) over \(Self.count) entries, by index as by reading, "
        + "\(counts.min() ?? 0) to \(counts.max() ?? 0) found"
    )
  }

  /// A sign stands in one entry of a thousand, and the entries between are drawn from a catalogue.
  /// So what only signs have is there as often as there are signs that have it:
  ///
  /// 1. Nothing in the catalogue is a `system.agent.ad.create`; one sign is: 1 in 1,000.
  /// 2. Nothing in the catalogue is about a log stream; two signs are, on and off: 2 in 1,000.
  /// 3. No drawn entry has a `networkConnection`. Three signs have one, and two of them, a token
  ///    made and a token changed, say ANYWHERE: 2 in 1,000.
  /// 4. `result` is a member no drawn entry has outside of its outcome; one sign has it, and its
  ///    twin, alike but for that member, has not: 1 in 1,000.
  /// 5. Three signs bind a key by LOOPBACK, two of them as a browser: the one with a valid
  ///    signature is left out, the one without is not: 2 in 1,000.
  /// 6. Three signs have a MethodTypeUsed. A password is a weak method, a code is none, and mail is
  ///    one that stands beside a push, which is strong: 1 in 1,000.
  @Test(arguments: [
    (#"eventType eq "system.agent.ad.create""#, 1),
    (#"eventType sw "system.log_stream.""#, 2),
    (
      #"eventType in ["system.api_token.create", "system.api_token.update"] "#
        + #"and debugContext.debugData.networkConnection eq "anywhere""#, 2
    ),
    (#"outcome.reason eq "fastpass declined phishing attempt" and result eq "FAILURE""#, 1),
    (
      #"authenticationContext.authenticatorContext.bindingMethod eq "LOOPBACK" and "#
        + #"outcome.result eq "SUCCESS" and "#
        + #"(authenticationContext.authenticatorContext.validationStatus eq "NO_SIGNATURE" "#
        + #"or not authenticationContext.authenticatorContext.binaryIdentifier co "chrome")"#, 2
    ),
    (
      #"target.detailEntry.methodTypeUsed in ["password", "email"] and "#
        + #"not (target.detailEntry.methodTypeUsed in ["otp", "push"])"#, 1
    ),
  ])
  func `what only signs have is found as often as they stand there`(
    _ text: String,
    _ inThousand: Int
  ) throws {
    let log = try Self.log.get()
    let filter = try Filter(text)
    let expected = Self.count / DetectionSign.period * inThousand
    #expect(try search(filter, log).count == expected)
    #expect(try scan([filter], log)[0].count == expected)
  }

  /// What a count of bytes can tell, since the generator writes each member in one way.
  private static let spelled = [
    (#"severity eq "WARN""#, #""severity":"WARN""#),
    (#"eventType eq "user.mfa.factor.reset_all""#, #""eventType":"user.mfa.factor.reset_all""#),
    (#"outcome.result eq "DENY""#, #"{"result":"DENY""#),
    (#"securityContext.isProxy eq true"#, #""isProxy":true"#),
  ]

  @Test func `what bytes can tell is found as often as the bytes occur`() throws {
    let log = try Self.log.get()
    var expected = Self.spelled.map { _ in [Position]() }
    var entries = try SignedEntries(seed: 2026)
    // The log's first event keeps the origin.
    for number in 1...Self.count {
      let entry = Data(try entries.nextEntry())
      for (index, (_, bytes)) in Self.spelled.enumerated()
      where entry.range(of: Data(bytes.utf8)) != nil {
        expected[index].append(Position(UInt64(number)))
      }
    }
    for (index, (filter, _)) in Self.spelled.enumerated() {
      #expect(try search(Filter(filter), log) == expected[index], "\(filter)")
    }
  }
}
