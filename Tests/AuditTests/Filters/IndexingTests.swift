import Audit
import TestSupport
import Testing

@Suite struct IndexingTests {
  /// The conditions of a filter, alternatives joined by `|`.
  func conditions(_ filter: String) throws -> [String] {
    try Filter(filter).indexable.map { condition in
      condition.alternatives.map { alternative in
        switch alternative {
        case .term(let term):
          "\(term.field)=\(String(decoding: term.value, as: UTF8.self))"
        case .prefix(let field, let prefix):
          "\(field)=\(String(decoding: prefix, as: UTF8.self))*"
        }
      }.joined(separator: "|")
    }
  }

  @Test(arguments: [
    (#"eventType eq "User.Session.START""#, ["eventType=user.session.start"]),
    (#"event_type eq "a" and (severity eq "b" and count eq 1)"#, ["eventType=a", "severity=b"]),
    (#"eventType in ["a","b","A"]"#, ["eventType=a|eventType=b"]),
    (#"eventType eq "a" or severity eq "b""#, ["eventType=a|severity=b"]),
    (#"eventType eq "a" or count eq 1"#, []),
    (#"(eventType eq "a" and target.id eq "t") or actor.id eq "u""#, ["eventType=a|actorID=u"]),
    (#"eventType sw "user.account.""#, ["eventType=user.account.*"]),
    (#"eventType sw """#, []), (#"eventType eq """#, []), ("eventType eq null", []),
    (#"not (eventType eq "a")"#, []), (#"eventType ne "a""#, []), ("eventType pr", []),
    (#"eventType co "a""#, []), (#"eventType in ["a", null]"#, []),
    (#"target.0.id eq "t""#, []),
    (
      #"target.displayName eq "Okta Admin Console""#,
      ["targetDisplayName=okta admin console"]
    ),
    ("actor.id eq 5", ["actorID=5"]), ("actor.id eq 5.0", []),
    (#"actor.id eq "05""#, ["actorID=05"]),
    (#"actor.id eq "2026-01-15T12:00:00Z""#, []), ("actor.id eq true", ["actorID=true"]),
    (#"debugContext.debugData.requestId eq "R""#, ["requestID=r"]),
  ])
  func `a planner sees what an index can answer`(filter: String, expected: [String]) throws {
    #expect(try conditions(filter) == expected)
  }

  @Test func `the fields keep their numbers`() {
    let numbers = IndexedField.allCases.map { "\($0.rawValue) \($0.path)" }
    #expect(
      numbers == [
        "1 eventType", "2 actor.id", "3 actor.alternateId", "4 actor.type", "5 target.id",
        "6 target.alternateId", "7 target.type", "8 target.displayName", "9 client.ipAddress",
        "10 outcome.result", "11 outcome.reason", "12 severity",
        "13 transaction.detail.requestApiTokenId", "14 flow_id", "32 uuid", "33 transaction.id",
        "34 authenticationContext.externalSessionId", "35 authenticationContext.rootSessionId",
        "36 debugContext.debugData.requestId", "37 execution_id", "38 parent_execution_id",
        "39 root_execution_id",
      ]
    )
  }

  @Test(arguments: [
    ("ABC xyz", "abc xyz"), ("ÀÉÞ×ß÷", "àéþ×ß÷"), ("ĀĐĲĶĹŁŃŊŸŽſİı", "āđĳķĺłńŋÿžſİı"),
    ("ΑΣΫΆΈΌΏς", "ασϋάέόώς"), ("АЯЀЏ", "аяѐџ"), ("漢字😀", "漢字😀"),
  ])
  func `the fold is fixed and keeps the length`(text: String, folded: String) {
    let result = CaseFolding.fold(Array(text.utf8))
    #expect(String(decoding: result, as: UTF8.self) == folded)
    #expect(result.count == text.utf8.count)
    #expect(CaseFolding.fold(result) == result)
  }

  @Test func `text is folded letter by letter, however long it is`() {
    var random = SplitMix64(forTest: "folding letters")
    let letters = Array("aZ@[`{09_-. ÀéÞ×ßΑςАѐ漢😀").map { Array(String($0).utf8) }
    for _ in 0..<5_000 {
      let text = (0..<random.below(30)).map { _ in
        random.once(in: 8) ? letters[random.below(letters.count)] : [UInt8(random.below(128))]
      }
      #expect(CaseFolding.fold(text.flatMap(\.self)) == text.flatMap { CaseFolding.fold($0) })
    }
  }

  @Test func `the fold of any bytes is stable and keeps the length`() {
    var random = SplitMix64(forTest: "folding")
    for _ in 0..<5_000 {
      let bytes = (0..<random.below(12)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      let once = CaseFolding.fold(bytes)
      #expect(once.count == bytes.count)
      let isText = String(validating: bytes, as: UTF8.self) != nil
      if isText { #expect(String(validating: once, as: UTF8.self) != nil) }
      if isText { #expect(CaseFolding.fold(once) == once) }
    }
  }

  /// What makes an index sound: whatever a filter accepts, its conditions find.
  @Test func `an event that meets a filter meets its index conditions`() throws {
    var random = SplitMix64(forTest: "indexing")
    let reader = JSONReader()
    let inbound = InboundReader()
    var hits = 0
    for _ in 0..<20_000 {
      let event = Array(randomEvent(using: &random).utf8)
      let filter = Filter(randomFilter(depth: 2, using: &random))
      let isMet = try reader.withDocument(event) { filter.matches($0) }
      guard isMet else { continue }
      let terms = try #require(try inbound.read(event, as: .json).first).terms
      for condition in filter.indexable {
        hits += 1
        let isFound = condition.alternatives.contains { alternative in
          terms.contains { term in
            switch alternative {
            case .term(let wanted):
              wanted.field == term.field && term.value.elementsEqual(wanted.value)
            case .prefix(let field, let prefix):
              field == term.field && term.value.starts(with: prefix)
            }
          }
        }
        #expect(isFound, "\(filter.expression) over \(String(decoding: event, as: UTF8.self))")
      }
    }
    #expect(hits > 200)
  }

  private static let values = [
    "\"A\"", "\"a\"", "\"É\"", "\"5\"", "5", "5.0", "2.5", "\"2.5\"", "true", "\"TRUE\"", "null",
    "\"\"",
    "[\"a\",[\"b\",5]]", "{\"id\":\"a\"}", "[{\"id\":\"b\"},{\"ID\":\"a\"}]", "1e20",
    "\"2026-01-15T12:00:00Z\"", "12345678901234567890",
  ]

  private func randomEvent(using random: inout SplitMix64) -> String {
    let names = ["eventType", "event_type", "EVENTTYPE", "actor", "target", "severity", "uuid"]
    let members = (0..<4).map { _ in "\"\(random.pick(names))\":\(random.pick(Self.values))" }
    return "{\(members.joined(separator: ","))}"
  }

  private func randomFilter(depth: Int, using random: inout SplitMix64) -> FilterExpression {
    if depth > 0, random.once(in: 2) {
      let operands = [
        randomFilter(depth: depth - 1, using: &random),
        randomFilter(depth: depth - 1, using: &random),
      ]
      return random.once(in: 2) ? .and(operands) : .or(operands)
    }
    let paths = [
      "eventType", "event_Type", "actor.id", "target.id", "target.0.id", "severity", "uuid",
    ]
    let literals = [
      "\"a\"", "\"é\"", "5", "\"5\"", "2.5", "\"2.5\"", "true", "null", "1e20",
      "12345678901234567890", "\"2026-01-15T06:00:00-06:00\"", "\"b\"", "\"\"",
    ]
    let operators = ["eq", "eq", "eq", "sw", "ne", "co"]
    let text = "\(random.pick(paths)) \(random.pick(operators)) \(random.pick(literals))"
    return (try? Filter(text).expression) ?? .present(FilterPath.random(using: &random))
  }
}
