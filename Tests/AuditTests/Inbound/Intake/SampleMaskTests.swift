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
    (#"{"a":"with \"quotes\" in it"}"#, #"{"a":"with \"quotes\" in it"}"#),
  ])
  func `what all share stays`(_ document: String, _ masked: String) {
    #expect(Self.masked { _ in document }.first == masked)
  }

  @Test(arguments: [
    (#"{"alternateId":"ada.byron.lovelace"}"#, "ada.byron.lovelace"),
    (#"{"actor":{"displayName":"Ada Byron Lovelace"}}"#, "Ada Byron Lovelace"),
    (#"{"mail":"ada.byron@example.com"}"#, "ada.byron@"),
    (#"{"phone":"+43 1 5550184"}"#, "+43 1 5550184"),
    (#"{"ada.byron@example.com":1}"#, "ada.byron@"),
  ])
  func `what may name a person is scrambled in its own shape`(_ document: String, _ name: String) {
    let masked = Self.masked { _ in document }
    #expect(masked.count == 40)
    #expect(
      masked.allSatisfy { !$0.contains(name) && Self.shape(of: $0) == Self.shape(of: document) }
    )
  }

  @Test func `what few share is scrambled, names of members too`() {
    let words = ["annabella", "bertholda", "cordelia", "dorothea"]
    let masked = Self.masked { "{\"city\":\"\(words[$0 % 4])\",\"\(words[$0 % 4])\":1}" }
    #expect(masked.count == 40)
    #expect(masked.allSatisfy { text in words.allSatisfy { !text.contains($0) } })
  }

  /// The text with one sign for every letter and one for every digit.
  private static func shape(of text: String) -> String {
    String(text.map { $0.isLetter ? "a" : $0.isNumber ? "0" : $0 })
  }

  @Test func `what is not JSON is no sample`() {
    #expect(Self.masked { _ in "Ada Byron" }.isEmpty)
  }
}
