import Audit
import Testing

@Suite struct KeywordQueryTests {
  static let event = Array(
    #"""
    {"displayMessage":"User login to Okta","actor":{"displayName":"Ada Lovelace"},
     "client":{"zone":"us-west-2","ip":"192.0.2.7"},"n":42,"flag":true,"list":[["Deep"]],"none":null}
    """#.utf8
  )

  @Test(arguments: [
    ("login", true), ("LOGIN", true), ("log", false), ("login okta", true), ("login nobody", false),
    ("lovelace ada", true), ("us-west-2", true), ("west", true), ("us-west", false),
    ("192.0.2.7", true), ("192.0.2", false), ("42", true), ("true", true), ("deep", true),
    ("displayMessage", false), ("null", false), ("  login\tada ", true),
  ])
  func `every keyword must be a whole word of some value`(query: String, expected: Bool) throws {
    let keywords = try KeywordQuery(query)
    #expect(try JSONReader().withDocument(Self.event) { keywords.matches($0) } == expected)
  }

  @Test func `keywords are limited in number and length`() throws {
    #expect(throws: KeywordQueryError.noKeywords) { try KeywordQuery(" \n") }
    let eleven = (0..<11).map { "k\($0)" }.joined(separator: " ")
    #expect(throws: KeywordQueryError.tooManyKeywords(limit: 10, count: 11)) {
      try KeywordQuery(eleven)
    }
    let long = String(repeating: "é", count: 41)
    #expect(throws: KeywordQueryError.keywordTooLong(limit: 40, length: 41)) {
      try KeywordQuery(long)
    }
    #expect(try KeywordQuery(String(repeating: "é", count: 40)).keywords.count == 1)
    #expect(try KeywordQuery("a A a").keywords.count == 1)
  }
}
