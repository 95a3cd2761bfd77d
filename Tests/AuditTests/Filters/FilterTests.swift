import Audit
import TestSupport
import Testing

@Suite struct FilterTests {
  static let event = Array(
    #"""
    {"eventType":"user.session.start","severity":"WARN","count":5,"weight":175.6,"flag":true,
     "nothing":null,"empty":[],"blank":"","hollow":[null,""],"big":9007199254740993,
     "published_at":"2026-01-15T12:00:00.000Z","city":"ÅRHUS ΑΘΗΝΑ МОСКВА",
     "actor":{"id":"00u1","alternateId":"Ada@Example.com"},
     "target":[{"id":"t1","type":"User","displayName":"Ada"},
               {"id":"t2","type":"AppInstance","displayName":"Okta Admin Console"},
               {"id":3,"detailEntry":{"methodTypeUsed":["Password","OTP"]}}],
     "securityContext":{"isProxy":true},"debugContext":{"debugData":"text"}}
    """#.utf8
  )

  func matches(_ filter: String) throws -> Bool {
    let filter = try Filter(filter)
    return try JSONReader().withDocument(Self.event) { filter.matches($0) }
  }

  @Test(arguments: [
    // Texts, without regard to case.
    (#"eventType eq "USER.session.start""#, true),
    (#"eventType eq "user.session""#, false),
    (#"eventType ne "user.session.start""#, false),
    (#"eventType co "SESSION""#, true),
    (#"eventType sw "User.""#, true),
    (#"eventType sw "session""#, false),
    (#"eventType ew ".START""#, true),
    (#"eventType co """#, true),
    (#"city eq "århus αθηνα москва""#, true),
    (#"city co "ΘΗΝ""#, true),
    (#"city ew "москва""#, true),
    (#"city eq "arhus αθηνα москва""#, false),
    // Names, in any case, with or without underscores.
    (#"event_type eq "user.session.start""#, true),
    (#"EVENTTYPE eq "user.session.start""#, true),
    (#"actor.alternate_id eq "ada@example.com""#, true),
    // Several values: one is enough, two conditions may be met by two of them.
    (#"target.type eq "User" and target.type eq "AppInstance""#, true),
    (#"target.displayName co "admin" and target.id eq "t1""#, true),
    (#"target.type eq "Group""#, false),
    (#"target.type ne "User""#, false),
    (#"target.type ne "Group""#, true),
    (#"target.0.displayName eq "Ada""#, true),
    (#"target.1.displayName eq "Ada""#, false),
    (#"target.9.displayName eq "Ada""#, false),
    (#"target.detailEntry.MethodTypeUsed eq "otp""#, true),
    (#"target.id eq "3""#, true),
    (#"target.id eq 3"#, true),
    // Numbers by value, also when the filter puts them in quotes.
    ("count eq 5.0", true), (#"count eq "5""#, true), (#"count eq "5.0""#, true),
    ("count gt 4.9", true), ("count gt 5", false), ("count ge 5", true), ("count lt 10", true),
    (#"count lt "10""#, true), ("weight le 175.6", true), ("weight gt 175.6", false),
    ("big eq 9007199254740993", true), ("big eq 9007199254740992", false),
    ("big gt 9007199254740992", true), (#"count co "5""#, true), (#"eventType gt "user""#, true),
    // Booleans as text.
    ("flag eq true", true), (#"flag eq "TRUE""#, true),
    (#"securityContext.isProxy eq "true""#, true),
    ("flag eq false", false), ("flag ne false", true),
    // Dates by the instant they name.
    (#"published_at eq "2026-01-15T06:00:00-06:00""#, true),
    (#"published_at gt "2026-01-15T05:59:59-06:00""#, true),
    (#"published_at lt "2026-01-15T12:00:00Z""#, false),
    // What is not there.
    ("missing pr", false), ("nothing pr", false), ("empty pr", false), ("blank pr", false),
    ("hollow pr", false), ("actor pr", true), ("count pr", true), ("flag pr", true),
    ("missing eq null", true), ("missing ne null", false), ("count eq null", false),
    (#"missing eq "x""#, false), (#"missing ne "x""#, true), ("missing gt null", false),
    (#"missing co """#, false), (#"blank eq """#, true),
    ("debugContext.debugData.url pr", false), ("eventType.x pr", false),
    // Lists.
    (#"eventType in ["a", "user.session.START"]"#, true), (#"eventType in ["a"]"#, false),
    ("missing in [null]", true), ("count in [null]", false),
    // Connectives.
    (#"not (eventType sw "user")"#, false), ("flag eq true and count eq 6", false),
    ("flag eq false or count eq 5", true), ("not missing pr and flag eq true", true),
  ])
  func `a filter holds or does not`(filter: String, expected: Bool) throws {
    #expect(try matches(filter) == expected)
    #expect(try matches("not (\(filter))") != expected)
  }

  @Test func `a filter over anything but an object holds for no field`() throws {
    let reader = JSONReader()
    for json in ["1", "\"x\"", "null", "[]"] {
      try reader.withDocument(Array(json.utf8)) { root in
        #expect((try? Filter("a pr"))?.matches(root) == false)
      }
    }
  }

  @Test func `arrays nested to the limit are searched without a trap`() throws {
    let json =
      "{\"a\":" + String(repeating: "[", count: 1_000) + "\"x\""
      + String(repeating: "]", count: 1_000) + "}"
    let filter = try Filter("a eq \"x\"")
    #expect(try JSONReader().withDocument(Array(json.utf8)) { filter.matches($0) })
  }

  @Test(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
  func `SCIM's filters are worth what SCIM says`() throws {
    var checked = 0
    let cases = try SharedData.bytes("vectors/scim/filter_cases.json")
    try JSONReader().withDocument(cases) { root in
      guard let resource = root["resource"] else { return }
      for (text, expected) in (try? SharedFilters.scimTruths()) ?? [] {
        guard !text.contains("[") else {
          #expect(throws: FilterError.self, "\(text)") { try Filter(text) }
          continue
        }
        guard let filter = try? Filter(text) else {
          Issue.record("\(text) was refused")
          continue
        }
        #expect(filter.matches(resource) == expected, "\(text)")
        checked += 1
      }
    }
    #expect(checked > 30)
  }

  @Test(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
  func `the detections evaluate over every collected event`() throws {
    let filters = try SharedFilters.systemLog().map { text in try Filter(text) }
    var hits = 0
    for name in SharedData.names(in: "events") where name.hasSuffix(".ndjson") {
      let file = try SharedData.bytes("events/" + name)
      file.withUnsafeBytes { bytes in
        for part in DocumentSplitter(bytes) {
          let document = UnsafeRawBufferPointer(rebasing: bytes[part.range])
          _ = try? JSONReader().withDocument(document) { event in
            for filter in filters where filter.matches(event) { hits += 1 }
          }
        }
      }
    }
    #expect(hits > 0)
  }
}
