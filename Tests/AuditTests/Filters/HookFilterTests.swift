import Audit
import TestSupport
import Testing

@Suite struct HookFilterTests {
  static let event = Array(
    #"""
    {"eventType":"user.session.start","uuid":"u1","count":3,
     "outcome":{"result":"SUCCESS","reason":"VERIFIED SMS_FACTOR"},
     "actor":{"id":"00u1","alternateId":"ada@example.com","displayName":"Ada's \"own\""},
     "debugContext":{"debugData":{"changedAttributes":"email,manager","list":["email",5,true]}},
     "target":[{"type":"User","id":"t1","displayName":"Ada","admin":true},
               {"type":"UserGroup","id":"t2","displayName":"Marketing"}]}
    """#.utf8
  )

  func matches(_ expression: String) throws -> Bool {
    let filter = try HookFilter(expression)
    return try JSONReader().withDocument(Self.event) { filter.matches($0) }
  }

  @Test(arguments: [
    // Equality is by kind and by case.
    ("event.eventType eq 'user.session.start'", true),
    ("event.eventType eq 'USER.session.start'", false),
    (#"event.eventType eq "user.session.start""#, true), ("event.eventType ne 'x'", true),
    ("event.eventType == 'x'", false), ("event.eventType != 'x'", true), ("event.count eq 3", true),
    ("event.count eq '3'", false), ("event.outcome.result eq'SUCCESS' ", true),
    (#"event.actor.displayName eq 'Ada''s "own"'"#, true),
    (#"event.actor.displayName eq "Ada's ""own""""#, true),
    // Null, and what is not there.
    ("event.actor.id != null", true), ("event.actor.none eq null", true),
    ("event.none.none eq null", true), ("event.none eq 'x'", false), ("event.none ne 'x'", true),
    ("event.none > 1", false), ("event.none < 1", false), ("null eq null", true),
    ("event.none.contains('x')", false), ("event.none.size() == 0", true),
    ("event.outcome eq null", false), ("event.EventType eq null", true),
    // contains: a part of a text, an item of a list.
    ("event.outcome.reason.contains( 'SMS_FACTOR')", true),
    ("event.outcome.reason.contains('sms')", false),
    ("event.outcome.reason.contains('')", true),
    ("event.debugData.changedAttributes.contains('email')", true),
    ("event.debugData.list.contains('email')", true),
    ("event.debugData.list.contains('mail')", false),
    ("event.debugData.list.contains(5)", true), ("event.debugData.list.contains(true)", true),
    ("event.debugData.list.contains(null)", false), ("event.count.contains('3')", false),
    // Selections and their size.
    ("event.target.?[type eq 'User'].size()> 0", true),
    ("event.target.?[type eq 'Group'].size() >0", false),
    ("event.target.size() eq 2", true), ("event.target.?[type ne 'x'].size() >= 2", true),
    ("event.target.?[admin eq true].size() == 1", true),
    ("event.target.?[admin eq null].size() == 1", true),
    ("event.target.?[type eq 'User' && displayName eq 'Marketing'].size() > 0", false),
    (
      "event.target.?[type eq 'User'].size() > 0 && event.target.?[displayName eq 'Marketing'].size() > 0",
      true
    ),
    ("event.target.?[id eq 't1' || id eq 't2'].size() < 3", true),
    ("event.target.?[event.count eq 3].size() eq 2", true),
    ("event.target.?[!(id eq 't1')].size() eq 1", true),
    ("event.actor.?[id eq '00u1'].size() eq 1", true), ("event.uuid.?[x eq 1].size() eq 0", true),
    ("event.target.?[displayName.contains('Mark')].size() eq 1", true),
    ("event.target eq 'x'", false),
    ("event.uuid.size() eq 2", true),
    ("event.count > 2 && event.count <= 3 && event.uuid > 'u0'", true),
    // Connectives: and before or, capitals too.
    ("true || false && false", true), ("(true || false) && false", false),
    ("true OR false AND false", true),
    ("true or false and false", true), ("!false", true), ("not true", false),
    ("!true || true", true),
    ("event.outcome.reason.contains('SMS') eq true", true),
  ])
  func `an expression holds or does not`(expression: String, expected: Bool) throws {
    #expect(try matches(expression) == expected)
    let printed = try HookFilter(expression).expression.description
    #expect(try matches(printed) == expected, "\(printed)")
  }

  @Test(arguments: [
    ("", 1, "expected a field"), ("event.id", 1, "'event.id' is not true or false"),
    ("event.target.size()", 1, "not true or false"), ("'x'", 1, "not true or false"),
    ("type eq 'x'", 1, "begins with 'event.'"), ("event.id eq", 12, "found the end"),
    ("event.id eq 'x", 13, "does not end"), ("event.id eq x", 13, "begins with 'event.'"),
    ("event.id.upper() eq 'x'", 10, "unknown function 'upper'"),
    ("event.", 7, "expected a name"),
    ("event.target.?[type eq 'x'.size() > 0", 27, "expected '&&', '||' or ']'"),
    ("event.target.?[type eq 'x'].size > 0", 34, "expected '('"),
    ("(true", 6, "expected '&&', '||' or ')'"),
    ("true false", 6, "expected '&&'"), ("event.id.contains() ", 19, "expected a value in quotes"),
    ("event.n eq 99999999999999999999", 12, "beyond 64 bits"),
    ("event.n eq -", 12, "beyond 64 bits"),
    ("event.id eq #", 13, "found '#'"),
  ])
  func `a refusal names the place and the remedy`(expression: String, column: Int, text: String) {
    let error = #expect(throws: HookExpressionError.self) { try HookFilter(expression) }
    #expect(error?.column == column, "\(error?.description ?? "")")
    #expect(error?.message.contains(text) == true, "\(error?.message ?? "accepted")")
  }

  @Test func `nesting is limited and never overflows the stack`() {
    for expression in [
      String(repeating: "(", count: 100_000) + "true",
      String(repeating: "!", count: 100_000) + "true",
      String(repeating: "event.a.?[", count: 100_000) + "true",
    ] {
      let error = #expect(throws: HookExpressionError.self) { try HookFilter(expression) }
      #expect(error?.message.contains("levels of nesting") == true)
    }
  }

  @Test func `any text is read or refused without a trap`() {
    var random = SplitMix64(forTest: "damaged hook expressions")
    let seed = Array(
      "!(event.target.?[type eq 'User' && a.contains(\"x\")].size() > -1) || true".utf8
    )
    for _ in 0..<10_000 {
      var bytes = seed
      for _ in 0...random.below(5) where !bytes.isEmpty {
        let place = random.below(bytes.count)
        if random.once(in: 2) {
          bytes[place] = UInt8(truncatingIfNeeded: random.next())
        } else {
          bytes.remove(at: place)
        }
      }
      let text = String(decoding: bytes, as: UTF8.self)
      guard let expression = try? HookFilter(text).expression else { continue }
      #expect((try? HookFilter(expression.description).expression) == expression, "\(text)")
    }
  }

  @Test(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
  func `every collected expression is read and evaluates over every log event`() throws {
    let filters = try SharedFilters.eventHook().map { text in try HookFilter(text) }
    #expect(filters.count == 22)
    for filter in filters {
      #expect(try HookFilter(filter.expression.description) == filter)
    }
    var hits = 0
    let reader = JSONReader()
    for name in SharedData.names(in: "events") where name.hasSuffix(".ndjson") {
      let file = try SharedData.bytes("events/" + name)
      for line in file.split(separator: UInt8(ascii: "\n")) {
        try reader.withDocument(Array(line)) { event in
          for filter in filters where filter.matches(event) { hits += 1 }
        }
      }
    }
    #expect(hits > 0)
  }
}
