import TestSupport
import Testing
import Values

@Suite struct CanonicalJSONTests {
  @Test(
    .enabled(if: SharedData.isPresent, "needs ../shared/data"),
    arguments: SharedData.names(in: "vectors/jcs/input")
  )
  func `the canonical form is that of RFC 8785`(name: String) throws {
    let value = try JSON.parse(SharedData.bytes("vectors/jcs/input/\(name)"))
    let canonical = CanonicalJSON.serialize(value)
    let expected = try SharedData.bytes("vectors/jcs/output/\(name)")
    #expect(Text(wtf8: canonical) == Text(wtf8: expected).trimmed())
    let hexName = name.replacing(".json", with: ".txt")
    let hex = try SharedData.bytes("vectors/jcs/outhex/\(hexName)")
    let expectedBytes = String(decoding: hex, as: UTF8.self).split(whereSeparator: \.isWhitespace)
      .compactMap { UInt8($0, radix: 16) }
    #expect(canonical == expectedBytes)
  }

  @Test func `keys are sorted by UTF-16 unit at every level`() {
    let value: Value = [
      "\u{fb33}": 1, "😀": ["b": 1, "a": [["d": 1, "c": 2]]], "\u{e9}": 3, "1": 4, "10": 5, "2": 6,
    ]
    let expected: Text =
      "{\"1\":4,\"10\":5,\"2\":6,\"é\":3,\"😀\":{\"a\":[{\"c\":2,\"d\":1}],\"b\":1},\"\u{fb33}\":1}"
    #expect(Text(wtf8: CanonicalJSON.serialize(value)) == expected)
  }

  @Test func `files of one name and other bytes have two forms`() {
    let files = [[1], [2]].map { Value.file(File(name: "a", mediaType: "b", content: $0)) }
    #expect(CanonicalJSON.serialize(files[0]) != CanonicalJSON.serialize(files[1]))
    #expect(
      Text(wtf8: CanonicalJSON.serialize(files[0])) == #"{"content":"AQ==","name":"a","type":"b"}"#
    )
  }

  @Test func `the order of members does not matter`() {
    var generator = ValueGenerator(SplitMix64(forTest: "canonical order"))
    for _ in 0..<2000 {
      let value = generator.value()
      #expect(CanonicalJSON.serialize(value) == CanonicalJSON.serialize(reversed(value)))
      #expect(value == reversed(value))
    }
  }

  private func reversed(_ value: Value) -> Value {
    switch value {
    case .list(let items): .list(items.map(reversed))
    case .object(let object):
      .object(Object(object.reversed().map { ($0.key, reversed($0.value)) }))
    default: value
    }
  }
}
