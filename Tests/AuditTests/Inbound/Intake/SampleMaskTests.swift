import EventStore
import Testing

@testable import Audit

@Suite struct SampleMaskTests {
  /// Forty events of which each is about another person, seen from the same city.
  static func masked(_ document: (Int) -> String) -> [String] {
    var mask = SampleMask()
    for number in 0..<40 {
      mask.add(
        EventStore.EventDraft(
          type: "inbound.json",
          source: Array("https://acme.example.com".utf8),
          stream: StreamID("origin-https://acme.example.com"),
          data: Array(document(number).utf8)
        )
      )
    }
    return mask.masked().map { String(decoding: $0.data, as: UTF8.self) }
  }

  @Test(arguments: [
    (#"{"city":"Graz"}"#, #"{"city":"Graz"}"#),
    (#"{ "a" : [true, null, -12.5e3] }"#, #"{ "a" : [true, null, -00.0e0] }"#),
    (#"{"alternateId":"ada"}"#, #"{"alternateId":""}"#),
    (#"{"actor":{"displayName":"Ada Byron"}}"#, #"{"actor":{"displayName":""}}"#),
    (#"{"mail":"ada@example.com"}"#, #"{"mail":""}"#),
    (#"{"phone":"+43 1 5550100"}"#, #"{"phone":""}"#),
    (#"{"a":"with \"quotes\" in it"}"#, #"{"a":"with \"quotes\" in it"}"#),
    (#"{"ada@example.com":1}"#, #"{"":0}"#),
  ])
  func `what all share stays, unless it may name a person`(_ document: String, _ masked: String) {
    #expect(Self.masked { _ in document }.first == masked)
  }

  @Test func `what few share goes, names of members too`() {
    let masked = Self.masked { number in
      let word = ["anna", "bert", "cora", "dora"][number % 4]
      return "{\"city\":\"\(word)\",\"\(word)\":1}"
    }
    #expect(masked.allSatisfy { $0 == "{\"city\":\"\",\"\":0}" })
  }

  @Test func `what is not JSON is no sample`() {
    #expect(Self.masked { _ in "Ada Byron" }.isEmpty)
  }
}
