import TestSupport
import Testing
import Values

@Suite struct JSONSerializingTests {
  @Test(
    arguments: [
      (.null, "null"), (true, "true"), (-0.0, "0"), (1.5, "1.5"), (.number(.nan), "null"),
      (.number(-.infinity), "null"), ("a\"b\\c/", #""a\"b\\c/""#),
      (
        "\u{8}\t\n\u{c}\r\u{0}\u{1f}\u{7f}\u{2028}",
        "\"\\b\\t\\n\\f\\r\\u0000\\u001f\u{7f}\u{2028}\""
      ),
      (.text(Text(utf16: [0xD83D, 0x61, 0xDE00])), #""\ud83da\ude00""#), ("é😀", "\"é😀\""),
      ([], "[]"), ([:], "{}"), ([1, [2], ["a": 3]], #"[1,[2],{"a":3}]"#),
      (["b": 1, "a": .null], #"{"b":1,"a":null}"#),
      (.date(Instant(milliseconds: 0)), #""1970-01-01T00:00:00.000Z""#),
      (
        .file(File(name: "a.csv", mediaType: "text/csv", content: [1, 2])),
        #"{"name":"a.csv","type":"text/csv","size":2}"#
      ),
      (.unknown(Unknown(requests: [7, 3])), #"{"unknown":[3,7]}"#),
    ] as [(Value, Text)]
  )
  func `a value is written as JavaScript writes it`(value: Value, text: Text) {
    #expect(JSON.text(value) == text)
  }

  @Test(
    arguments: [
      (1, 2, "1"), ([], 2, "[]"), ([:], 2, "{}"), ([[]], 2, "[\n  []\n]"),
      ([1, "a,[{"], 0, "[1,\"a,[{\"]"),
      ([1, "\"{,:"], 1, "[\n 1,\n \"\\\"{,:\"\n]"),
      (
        ["a": ["b": [1]], "c": [:]], 2,
        "{\n  \"a\": {\n    \"b\": [\n      1\n    ]\n  },\n  \"c\": {}\n}"
      ),
      ([1], 11, "[\n          1\n]"), ([1], -1, "[1]"),
    ] as [(Value, Int, String)]
  )
  func `a value is indented as JavaScript indents it`(value: Value, spaces: Int, text: String) {
    #expect(String(decoding: JSON.serialize(value, indentedBy: spaces), as: UTF8.self) == text)
  }

  @Test(
    arguments: [
      ([], ""), ([0], "AA"), ([0, 1], "AAE"), ([255, 254, 253, 252], "__79_A"),
      ([251, 239, 190], "----"),
    ] as [([UInt8], Text)]
  )
  func `bytes for URLs have other signs and no padding`(bytes: [UInt8], text: Text) {
    #expect(Base64.encodeForURL(bytes) == text)
  }

  @Test func `texts and numbers read back`() throws {
    var generator = ValueGenerator(SplitMix64(forTest: "JSON round trip"))
    for _ in 0..<5000 {
      let value: Value = [.text(generator.text(upTo: 30)), .number(generator.finiteNumber())]
      #expect(try JSON.parse(JSON.serialize(value)) == value)
    }
  }

  @Test(
    arguments: [
      ([], ""), ([0], "AA=="), ([0, 1], "AAE="), ([0, 1, 2], "AAEC"),
      ([255, 254, 253, 252], "//79/A=="),
    ] as [([UInt8], Text)]
  )
  func `bytes stand in base64`(bytes: [UInt8], text: Text) {
    #expect(Base64.encode(bytes) == text)
    #expect(Base64.decode(text) == bytes)
  }

  @Test(
    arguments: ["A", "AA", "AAA", "A===", "AA=A", "====", "AB==", "AAF=", "AA-_", "AAEC\n", "=AAA"]
      as [Text]
  )
  func `what is not base64 is refused`(text: Text) {
    #expect(Base64.decode(text) == nil)
  }
}
