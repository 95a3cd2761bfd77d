import Audit
import TestSupport
import Testing

@Suite struct DocumentSplitterTests {
  /// The parts of a file as `line:text`, rejected ones as `line!`.
  func parts(_ file: String) -> [String] {
    Array(file.utf8).withUnsafeBytes { bytes in
      DocumentSplitter(bytes).map { part in
        guard part.error == nil else { return "\(part.line)!" }
        return "\(part.line):" + String(decoding: bytes[part.range], as: UTF8.self)
      }
    }
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let file: String
    let parts: [String]

    init(_ description: String, _ file: String, _ parts: [String]) {
      (testDescription, self.file, self.parts) = (description, file, parts)
    }
  }

  @Test(arguments: [
    Case("nothing", "", []),
    Case("white space", " \n\r\n\t", []),
    Case("a byte order mark", "\u{FEFF}{}\n", ["1:{}"]),
    Case("lines", "{\"a\":1}\n{\"b\":2}", ["1:{\"a\":1}", "2:{\"b\":2}"]),
    Case("lines with blanks and carriage returns", "\n{} \r\n\r\n  {}\r\n", ["2:{}", "4:{}"]),
    Case(
      "a broken line among lines is cut, not read",
      "{}\n{\"a\":}\n{}",
      ["1:{}", "2:{\"a\":}", "3:{}"]
    ),
    Case("a line without its end among lines", "{}\n{\"a\":\n{}", ["1:{}", "2!", "3:{}"]),
    Case(
      "an array among lines",
      "{}\n[{}, {\"a\":1}]\n{}",
      ["1:{}", "2:{}", "2:{\"a\":1}", "3:{}"]
    ),
    Case(
      "a document over lines among lines",
      "{}\n{\n \"a\": [\n  1\n ]\n}\n{}",
      ["1:{}", "2:{\n \"a\": [\n  1\n ]\n}", "7:{}"]
    ),
    Case(
      "an array over lines among lines",
      "{}\n[\n {},\n {}\n]\n{}",
      ["1:{}", "3:{}", "4:{}", "6:{}"]
    ),
    Case(
      "a broken first line",
      "{\"a\":\n{\"b\":2}\n{\"c\":3}\n",
      ["1!", "2:{\"b\":2}", "3:{\"c\":3}"]
    ),
    Case("prose", "hello\nworld\n", ["1!", "2!"]),
    Case("prose before lines", "# notes\n{}\n{}", ["1!", "2:{}", "3:{}"]),
    Case("one document over lines", "{\n \"a\": 1\n}\n", ["1:{\n \"a\": 1\n}"]),
    Case("several documents over lines", "{\n}\n\n{\n}", ["1:{\n}", "4:{\n}"]),
    Case("documents on one line", "{} {}", ["1:{}", "1:{}"]),
    Case("an array", "[{\"a\":1},\n {\"b\":[2]}, 3]", ["1:{\"a\":1}", "2:{\"b\":[2]}", "2:3"]),
    Case("an empty array", "[ ]", []),
    Case("arrays of documents", "[{}]\n[{},{}]", ["1:{}", "2:{}", "2:{}"]),
    Case("an array that ends early", "[{},\n{\"a\"", ["1:{}", "2!"]),
    Case("an array without its end", "[{}", ["1:{}", "1!"]),
    Case("an array with a broken item", "[{},\n{\"a\"},\n{}]", ["1:{}", "2!", "3:{}"]),
    Case(
      "a broken number in an array",
      "[{},{\"a\":NaN},{\"b\":[1]}]",
      ["1:{}", "1!", "1:{\"b\":[1]}"]
    ),
    Case("a broken document on a line of several", "{} {\"a\":NaN} {}", ["1:{}", "1!", "1:{}"]),
    Case("a broken document over lines", "{\n \"a\": NaN\n}\n{\n}\n", ["1!", "4:{\n}"]),
    Case(
      "a broken document over lines before a good one",
      "{\n \"a\": 1\n \"b\": 2\n}\n{\n}\n",
      ["1!", "5:{\n}"]
    ),
    Case("a string with a line end", "{\"a\":\"b\n\"}\n", ["1!", "2!"]),
  ])
  func `a file is cut into its documents`(_ example: Case) {
    #expect(parts(example.file) == example.parts)
  }

  @Test func `an error counts from the start of its part`() throws {
    let file = Array("oops\n{\"a\" 1}\n".utf8)
    let errors = file.withUnsafeBytes { bytes in DocumentSplitter(bytes).map(\.error) }
    #expect(errors.map { $0?.offset } == [0, 5])
  }

  @Test func `a piece of a file keeps its line numbers`() {
    let lines = Array("{}\n{}".utf8).withUnsafeBytes { bytes in
      DocumentSplitter(bytes, firstLine: 10).map(\.line)
    }
    #expect(lines == [10, 11])
  }

  @Test func `any bytes are cut without a trap and in order`() {
    var random = SplitMix64(forTest: "splitting")
    let alphabet = Array("{}[],:\"\\ \n\ra1".utf8) + [0, 0xEF, 0xBB, 0xBF]
    for _ in 0..<20_000 {
      let file = (0..<random.below(24)).map { _ in random.pick(alphabet) }
      file.withUnsafeBytes { bytes in
        var end = 0
        for part in DocumentSplitter(bytes) {
          #expect(part.range.lowerBound >= end && part.range.upperBound <= file.count)
          end = part.range.upperBound
        }
      }
    }
  }
}
