import Audit
import TestSupport
import Testing

@Suite struct InboundReaderTests {
  let reader = InboundReader()

  func read(_ json: String, as format: InboundFormat? = nil) throws -> [InboundEvent] {
    try reader.read(Array(json.utf8), as: format)
  }

  func text(_ bytes: ArraySlice<UInt8>?) -> String? {
    bytes.map { String(decoding: $0, as: UTF8.self) }
  }

  static let logEvent = #"""
    {"uuid":"u-1","published":"2026-01-15T12:00:00.000Z","eventType":"user.session.start",
     "severity":"INFO","actor":{"id":"00u1","type":"User","alternateId":"Ada@Example.com"},
     "client":{"ipAddress":"192.0.2.7"},"outcome":{"result":"SUCCESS","reason":null},
     "target":[{"id":"t1","type":"User","alternateId":"ada@example.com"},
               {"id":"t2","type":"User","displayName":"Sales"}],
     "transaction":{"id":"tx1","detail":{"requestApiTokenId":"tok1"}},
     "debugContext":{"debugData":{"requestId":"rq1"}},
     "authenticationContext":{"externalSessionId":"s1","rootSessionId":"s0"}}
    """#

  @Test func `a System Log entry gives identity time actor and terms`() throws {
    let event = try #require(try read(Self.logEvent).first)
    #expect(event.format == .oktaSystemLog)
    #expect(text(event.id) == "u-1")
    #expect(text(event.type) == "user.session.start")
    #expect(text(event.source) == "okta-system-log")
    #expect(event.origin == nil)
    #expect(text(event.actor) == "Ada@Example.com")
    #expect(text(event.subject) == "t1")
    #expect(event.time == EventTime(milliseconds: 1_768_478_400_000, reading: .exact))
    #expect(event.irregularities == [])
    #expect(event.range == 0..<Self.logEvent.utf8.count)
    let terms = event.terms.map { "\($0.field)=\(String(decoding: $0.value, as: UTF8.self))" }
    #expect(
      Set(terms) == [
        "eventType=user.session.start", "actorID=00u1", "actorAlternateID=ada@example.com",
        "actorType=user", "targetID=t1", "targetID=t2", "targetAlternateID=ada@example.com",
        "targetType=user", "targetDisplayName=sales", "clientIPAddress=192.0.2.7",
        "outcomeResult=success", "severity=info", "apiTokenID=tok1", "uuid=u-1",
        "transactionID=tx1", "externalSessionID=s1", "rootSessionID=s0", "requestID=rq1",
      ]
    )
    #expect(terms.count == Set(terms).count)
  }

  @Test func `a hook delivery gives itself and each of its events byte for byte`() throws {
    let first = Self.logEvent
    let second = #"{ "uuid" : "u-2" , "eventType":"user.lifecycle.create" }"#
    let json = #"""
      {"d\u0061ta":{"events":[1]},"data":{"x":"]}","events":[ \#(first) ,\#(second)]},
       "source":"https://Example.okta.com/api/v1/eventHooks/w1","eventId":"e-1",
       "eventTime":"2026-01-15T12:00:01.000Z","eventType":"com.okta.event_hook"}
      """#
    let events = try read(json)
    #expect(events.map(\.format) == [.oktaEventHook, .oktaSystemLog, .oktaSystemLog])
    #expect(events.map(\.parent) == [nil, 0, 0])
    #expect(events.map { text($0.id) } == ["e-1", "u-1", "u-2"])
    #expect(events.map { text($0.type) }.first == "com.okta.event_hook")
    #expect(Set(events.map { text($0.origin) }) == ["https://example.okta.com"])
    let bytes = Array(json.utf8)
    let cut = events.map { String(decoding: bytes[$0.range], as: UTF8.self) }
    #expect(cut == [json, first, second])
  }

  @Test func `an execution-log entry is found inside a recorded request`() throws {
    let entry =
      #"{"event_type":"FLOW_START","execution_id":"x1","root_execution_id":"x0","#
      + #""flow_id":"f1","org_hostname":"Example.workflows.okta.com","user_email":"a@example.com"}"#
    let json = #"{"headers":{"authorization":"secret"},"body":\#(entry)}"#
    for (document, isWrapped) in [(entry, false), (json, true)] {
      let event = try #require(try read(document).first)
      #expect(event.format == .oktaExecutionLog)
      #expect(text(event.id) == "x1:FLOW_START")
      #expect(text(event.origin) == "https://example.workflows.okta.com")
      #expect(text(event.actor) == "a@example.com")
      #expect(event.irregularities.contains(.unwrapped) == isWrapped)
      #expect(String(decoding: Array(document.utf8)[event.range], as: UTF8.self) == entry)
      let fields = event.terms.map(\.field)
      #expect(Set(fields) == [.eventType, .executionID, .rootExecutionID, .flowID])
    }
    let parsed = try JSONReader().withDocument(Array(json.utf8)) { ExecutionLogEntry($0) }
    #expect(parsed?.execution == Array("x1".utf8))
    #expect(parsed?.rootExecution == Array("x0".utf8))
  }

  /// Deliveries as others may write them, and the log events that are cut out of each.
  static let oddDeliveries: [(document: String, events: [String])] = [
    (#"{"eventId":"1","data":{"events":[]}}"#, []),
    (
      #"{"eventId":"1","data":{"events":[ {"uuid":"a" } , {"uuid":"b]}"}]}}"#,
      [#"{"uuid":"a" }"#, #"{"uuid":"b]}"}"#]
    ),
    (
      #"{"data":{"more":{"events":[{"uuid":"no"}]},"events":[{"x":[[1],{"y":"\""}]}]},"eventId":"1"}"#,
      [#"{"x":[[1],{"y":"\""}]}"#]
    ),
    (#"{"d\u0061ta":{"\u0065vents":[{"uuid":"a"}]},"eventId":"1"}"#, [#"{"uuid":"a"}"#]),
    (
      #"{"eventId":"1","data":{"events":[{"uuid":"a"},3,"x",[{"uuid":"b"}],null]}}"#,
      [#"{"uuid":"a"}"#, "3", #""x""#, #"[{"uuid":"b"}]"#, "null"]
    ),
    (
      " {\n\t\"eventId\" : \"1\" , \"data\" :\r\n{ \"events\" : [\n{\"k\" : \"\\\\\"}\n] } } ",
      [#"{"k" : "\\"}"#]
    ),
    (
      #"{"eventId":"1","data":{"events":[{"uuid":"first"}]},"data":{"events":[{"uuid":"last"}]}}"#,
      [#"{"uuid":"last"}"#]
    ),
    (
      #"{"eventId":"1","data":{"events":[{"uuid":"first"}],"events":[{"uuid":"last"},{}]}}"#,
      [#"{"uuid":"last"}"#, "{}"]
    ),
  ]

  @Test(arguments: oddDeliveries)
  func `log events are cut out of a delivery byte for byte, however it is written`(
    _ given: (document: String, events: [String])
  ) throws {
    let bytes = Array(given.document.utf8)
    let events = try InboundReader().read(bytes, as: .oktaEventHook)
    let cut = events.dropFirst().map { String(decoding: bytes[$0.range], as: UTF8.self) }
    #expect(cut == given.events)
  }

  struct Webhook: Sendable {
    let json: String
    let format: InboundFormat
    let id: String?
    let type: String
    let origin: String?
    let milliseconds: Int64?
  }

  @Test(arguments: [
    Webhook(
      json: #"{"type":"event_callback","team_id":"T1","event_id":"Ev1","event_time":1355517523,"#
        + #""event":{"type":"message","user":"U1","channel":"C1"}}"#,
      format: .slack,
      id: "Ev1",
      type: "message",
      origin: "slack:T1",
      milliseconds: 1_355_517_523_000
    ),
    Webhook(
      json: #"{"type":"url_verification","challenge":"c","token":"t"}"#,
      format: .slack,
      id: nil,
      type: "url_verification",
      origin: nil,
      milliseconds: nil
    ),
    Webhook(
      json: #"{"event_id":"ty1","event_type":"form_response","form_response":"#
        + #"{"form_id":"F1","submitted_at":"1970-01-01T00:00:01Z"}}"#,
      format: .typeform,
      id: "ty1",
      type: "form_response",
      origin: "typeform:F1",
      milliseconds: 1000
    ),
    Webhook(
      json: #"{"namedValues":{"Name":["Ada"]},"values":["Ada"],"formId":"g1","responseId":"r1"}"#,
      format: .googleForms,
      id: "g1:r1",
      type: "form_response",
      origin: "google-forms:g1",
      milliseconds: nil
    ),
    Webhook(
      json:
        #"{"specversion":"1.0","id":"c1","type":"t","source":"https://u:p@Example.com:8443/x"}"#,
      format: .cloudEvents,
      id: "c1",
      type: "t",
      origin: "https://example.com:8443",
      milliseconds: nil
    ),
    Webhook(
      json: #"{"type":"order.paid"}"#,
      format: .json,
      id: nil,
      type: "order.paid",
      origin: nil,
      milliseconds: nil
    ),
    Webhook(
      json: "[1]",
      format: .json,
      id: nil,
      type: "json",
      origin: nil,
      milliseconds: nil
    ),
  ])
  func `a webhook is recognised and taken apart`(_ example: Webhook) throws {
    let event = try #require(try read(example.json).first)
    #expect(event.format == example.format)
    #expect(text(event.id) == example.id)
    #expect(text(event.type) == example.type)
    #expect(text(event.origin) == example.origin)
    #expect(event.time.milliseconds == example.milliseconds)
  }

  @Test(arguments: [
    (#"{"eventType":"a","published":"redacted"}"#, InboundEvent.Irregularities.timeUnreadable),
    (#"{"eventType":"a","published":"2026-01-01 10:00:00"}"#, .timeAssumedUTC),
    (#"{"eventType":"a","uuid":"","actor":null}"#, .noID),
    (#"{"eventType":"a","actor":1,"debugContext":{"debugData":"text"}}"#, .debugDataNotObject),
    (#"{"eventType":"a","note":"\ud800"}"#, .notExtractable),
    (
      #"{"eventId":"e","data":{"events":[]},"source":"[x](https://example.com)"}"#,
      .sourceWithoutHost
    ),
  ])
  func `what is unusual is kept and flagged`(
    json: String,
    irregularity: InboundEvent.Irregularities
  ) throws {
    let event = try #require(try read(json).first)
    #expect(event.irregularities.contains(irregularity))
    #expect(event.range == 0..<json.utf8.count)
  }

  @Test(arguments: InboundFormat.allCases)
  func `a document given as any format is kept`(format: InboundFormat) throws {
    for json in ["1", "[]", "{}", #"{"data":1,"body":2,"event":3,"form_response":4,"actor":5}"#] {
      let events = try read(json, as: format)
      #expect(events.count == 1)
      #expect(events.first?.format == format)
    }
  }

  @Test func `a file reports its broken lines and keeps the rest`() {
    let file = Array("{\"type\":\"a\"}\nnot json\n{\"type\":\"b\"}\n".utf8)
    var kept: [String] = []
    var rejected: [Int] = []
    file.withUnsafeBytes { bytes in
      reader.readFile(bytes) { part, result in
        switch result {
        case .success(let events):
          kept += events.map { String(decoding: $0.type, as: UTF8.self) }
        case .failure: rejected.append(part.line)
        }
      }
    }
    #expect(kept == ["a", "b"])
    #expect(rejected == [2])
  }

  @Test func `damaged and odd documents are read or refused without a trap`() {
    var random = SplitMix64(forTest: "damaged deliveries")
    let delivery = Array(
      (#"{"eventId":"e\u0000","data":{"events":["# + Self.logEvent
        + #",[[{"actor":{"id":[1,{"id":2}]}}]],"x"]},"source":"https://a"}"#).utf8
    )
    for _ in 0..<5_000 {
      var bytes = delivery
      for _ in 0..<random.below(4) {
        let place = random.below(bytes.count)
        if random.once(in: 2) {
          bytes[place] = random.pick(Array("{}[]\":,\\ 0\0".utf8))
        } else {
          bytes.remove(at: place)
        }
      }
      for event in (try? reader.read(bytes)) ?? [] {
        #expect(event.range.upperBound <= bytes.count)
        #expect(event.parent.map { $0 == 0 } ?? true)
      }
    }
  }

  @Test(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
  func `every collected event goes through`() throws {
    var formats: [InboundFormat: Int] = [:]
    var irregular: [UInt16: Int] = [:]
    for name in SharedData.names(in: "events") where name.hasSuffix(".ndjson") {
      let file = try SharedData.bytes("events/" + name)
      file.withUnsafeBytes { bytes in
        reader.readFile(bytes) { part, result in
          guard case .success(let events) = result else {
            Issue.record("\(name):\(part.line) was rejected: \(result)")
            return
          }
          for event in events {
            formats[event.format, default: 0] += 1
            irregular[event.irregularities.rawValue, default: 0] += 1
            #expect(part.range.count >= event.range.upperBound)
          }
        }
      }
    }
    #expect(formats[.oktaEventHook] == 3)
    #expect(formats[.oktaExecutionLog] == 1)
    #expect(formats[.oktaSystemLog] == 56 - 2 + 15 + 4)
    #expect(formats[.json] == 2)
    let unreadable = irregular.filter { $0.key & 8 != 0 }.values.reduce(0, +)
    let textual = irregular.filter { $0.key & 32 != 0 }.values.reduce(0, +)
    #expect(unreadable == 4)
    #expect(textual == 3)
  }
}
