import TestSupport
import Testing
import Values

@Suite struct JSONParsingTests {
  @Test func `every kind is read`() throws {
    let source: Text =
      " {\"a\" : [1, -2.5e3, true, false, null],\n\t\"b\":{\"c\":\"x\\n\\u00e9\"}} "
    #expect(
      try JSON.parse(source) == ["a": [1, -2500, true, false, .null], "b": ["c": "x\n\u{e9}"]]
    )
  }

  @Test func `a repeated key keeps its first place and its last value`() throws {
    guard case .object(let object) = try JSON.parse("{\"a\":1,\"b\":2,\"a\":3}") else {
      Issue.record("not an object")
      return
    }
    #expect(object.keys == ["a", "b"])
    #expect(object["a"] == 3)
  }

  @Test func `lone surrogates survive and pairs join`() throws {
    #expect(try JSON.parse("\"\\ud83d\\ude00\"") == "😀")
    #expect(try JSON.parse("\"\\ude00\\ud83d\"") == .text(Text(utf16: [0xDE00, 0xD83D])))
    let raw = Text(utf16: [0x22, 0xD83D, 0x22])
    #expect(try JSON.parse(raw) == .text(Text(utf16: [0xD83D])))
    let meeting = Text("\"\\ud83d") + Text(utf16: [0xDE00]) + "\""
    #expect(try JSON.parse(meeting) == "😀")
    #expect(throws: JSONError.self) { try JSON.parse(raw.bytes) }
  }

  /// A text that is not JSON, and what is said of it.
  struct Mistake: Sendable {
    let source: Text
    let line: Int
    let column: Int
    let reason: JSONError.Reason
  }

  @Test(arguments: [
    Mistake(source: "", line: 1, column: 1, reason: .unexpectedEnd),
    Mistake(source: "[1,\n 2,\n x]", line: 3, column: 2, reason: .expectedValue),
    Mistake(source: "[1 2]", line: 1, column: 4, reason: .expectedCommaOrBracket),
    Mistake(source: "{\"a\":1 \"b\"}", line: 1, column: 8, reason: .expectedCommaOrBrace),
    Mistake(source: "{\"a\" 1}", line: 1, column: 6, reason: .expectedColon),
    Mistake(source: "{a:1}", line: 1, column: 2, reason: .expectedKey),
    Mistake(source: "{\"a\":1,}", line: 1, column: 8, reason: .expectedKey),
    Mistake(source: "[1,]", line: 1, column: 4, reason: .expectedValue),
    Mistake(source: "01", line: 1, column: 2, reason: .invalidNumber),
    Mistake(source: "-x", line: 1, column: 2, reason: .invalidNumber),
    Mistake(source: "1.e5", line: 1, column: 3, reason: .invalidNumber),
    Mistake(source: "1e", line: 1, column: 3, reason: .unexpectedEnd),
    Mistake(source: "\"é\\x\"", line: 1, column: 4, reason: .invalidEscape),
    Mistake(source: "\"\\u12g4\"", line: 1, column: 6, reason: .invalidEscape),
    Mistake(source: "\"a\nb\"", line: 1, column: 3, reason: .controlCharacter),
    Mistake(source: "\"abc", line: 1, column: 5, reason: .unexpectedEnd),
    Mistake(source: "\"abc\\", line: 1, column: 6, reason: .unexpectedEnd),
    Mistake(source: "tru", line: 1, column: 4, reason: .unexpectedEnd),
    Mistake(source: "nul1", line: 1, column: 4, reason: .expectedValue),
    Mistake(source: "1 2", line: 1, column: 3, reason: .trailingContent),
    Mistake(source: "\u{feff}1", line: 1, column: 1, reason: .byteOrderMark),
    Mistake(source: "[", line: 1, column: 2, reason: .unexpectedEnd),
    Mistake(source: "{\"a\":", line: 1, column: 6, reason: .unexpectedEnd),
  ])
  func `an error tells its place`(mistake: Mistake) {
    let error = #expect(throws: JSONError.self) { try JSON.parse(mistake.source) }
    #expect(error?.line == mistake.line)
    #expect(error?.column == mistake.column)
    #expect(error?.reason == mistake.reason)
  }

  @Test func `an error describes itself without the content`() {
    let error = #expect(throws: JSONError.self) { try JSON.parse("{\"secret\": hunter2}") }
    #expect(
      error?.description == "not JSON at line 1, column 12 (byte 11): a value should begin here"
    )
  }

  @Test func `nesting is limited`() throws {
    func nested(_ depth: Int) -> [UInt8] {
      Array(repeating: 0x5B, count: depth) + Array(repeating: 0x5D, count: depth)
    }
    _ = try JSON.parse(nested(512))
    let error = #expect(throws: JSONError.self) { try JSON.parse(nested(513)) }
    #expect(error?.reason == .tooDeep(maximum: 512))
    #expect(error?.offset == 512)
    #expect(throws: JSONError.self) { try JSON.parse([0x5B, 0x5D], maximumDepth: 0) }
    _ = try JSON.parse(Array("1".utf8), maximumDepth: 0)
    #expect(throws: JSONError.self) { try JSON.parse(Array(repeating: 0x5B, count: 1_000_000)) }
  }

  @Test func `damaged bytes give an error and never a trap`() throws {
    var generator = ValueGenerator(SplitMix64(forTest: "damaged JSON"))
    for _ in 0..<5000 {
      var bytes = JSON.serialize(generator.value())
      for _ in 0...generator.random.below(3) where !bytes.isEmpty {
        bytes[generator.random.below(bytes.count)] = UInt8(
          truncatingIfNeeded: generator.random.next()
        )
      }
      bytes.removeLast(generator.random.below(bytes.count + 1) / 2)
      if let value = try? JSON.parse(bytes) { _ = JSON.serialize(value) }
      _ = try? RecordedValue.decode(bytes)
    }
  }
}
