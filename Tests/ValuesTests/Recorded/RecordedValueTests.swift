import TestSupport
import Testing
import Values

@Suite struct RecordedValueTests {
  @Test(
    arguments: [
      (["a": [1, "x", .null, true]], #"{"a":[1,"x",null,true]}"#),
      (.date(Instant(milliseconds: 1)), #"{"$date":"1970-01-01T00:00:00.001Z"}"#),
      (
        .file(File(name: "a", mediaType: "b/c", content: [255])),
        #"{"$file":{"name":"a","type":"b/c","content":"/w=="}}"#
      ),
      (.unknown(Unknown(requests: [2, 1])), #"{"$unknown":[1,2]}"#),
      (.number(.nan), #"{"$number":"NaN"}"#), (.number(-.infinity), #"{"$number":"-Infinity"}"#),
      (-0.0, #"{"$number":"-0"}"#), (["$date": 1], #"{"$object":{"$date":1}}"#),
      (["$object": ["$x": 1]], #"{"$object":{"$object":{"$object":{"$x":1}}}}"#),
      (["$date": 1, "b": 2], #"{"$date":1,"b":2}"#),
    ] as [(Value, Text)]
  )
  func `a value is recorded in a form that reads back`(value: Value, text: Text) throws {
    #expect(Text(wtf8: RecordedValue.encode(value)) == text)
    #expect(try RecordedValue.decode(text.bytes) == value)
  }

  @Test func `any value reads back with its order and the sign of zero`() throws {
    var generator = ValueGenerator(SplitMix64(forTest: "recorded values"))
    for _ in 0..<5000 {
      let value = generator.value()
      let bytes = RecordedValue.encode(value)
      let decoded = try RecordedValue.decode(bytes)
      #expect(decoded == value)
      #expect(RecordedValue.encode(decoded) == bytes)
      #expect(JSON.serialize(RecordedValue.encodeTree(value)) == bytes)
      #expect(try RecordedValue.decodeTree(RecordedValue.encodeTree(value)) == value)
    }
  }

  @Test func `the deepest value that JSON gives reads back`() throws {
    var value: Value = .file(File(name: "", mediaType: "", content: []))
    for _ in 0..<JSON.defaultMaximumDepth { value = ["$object": value] }
    #expect(try RecordedValue.decode(RecordedValue.encode(value)) == value)
  }

  @Test(
    arguments: [
      (#"{"$date":"yesterday"}"#, .malformed(tag: "$date")),
      (#"{"$date":1}"#, .malformed(tag: "$date")),
      (#"{"$file":{"name":"a"}}"#, .malformed(tag: "$file")),
      (#"{"$file":{"name":"a","type":"b","content":"?"}}"#, .malformed(tag: "$file")),
      (#"{"$unknown":[1.5]}"#, .malformed(tag: "$unknown")),
      (#"{"$unknown":[1e300]}"#, .malformed(tag: "$unknown")),
      (#"{"$number":"1"}"#, .malformed(tag: "$number")),
      (#"{"$object":1}"#, .malformed(tag: "$object")),
      (#"[{"$later":1}]"#, .unknownTag("$later")),
    ] as [(Text, RecordedValueError)]
  )
  func `a damaged recording is an error`(text: Text, expected: RecordedValueError) {
    #expect(throws: expected) { try RecordedValue.decode(text.bytes) }
  }

  @Test func `an error tells the place and no content`() {
    let error = #expect(throws: RecordedValueError.self) { try RecordedValue.decode([0x7B]) }
    #expect(
      error?.description == "the value is not JSON at line 1, column 2 (byte 1): the text "
        + "ends before the value does"
    )
  }
}
