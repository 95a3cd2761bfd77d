import Audit
import TestSupport
import Testing

@Suite struct JSONReaderTests {
  let reader = JSONReader()

  @Test func `members items and scalars are read where they stand`() throws {
    let json = #"{"a":{"b":[1,-2,2.5,true,null,"x\u0000y\u00e9"]},"big":18446744073709551615}"#
    try reader.withDocument(Array(json.utf8)) { root in
      let list = root["a"]?["b"]
      #expect(list?.count == 6)
      #expect(list?[item: 0]?.number == .integer(1))
      #expect(list?[item: 1]?.number == .integer(-2))
      #expect(list?[item: 2]?.number == .double(2.5))
      #expect(list?[item: 3]?.boolean == true)
      #expect(list?[item: 4]?.isNull == true)
      #expect(list?[item: 5]?.textBytes == Array("x\0yé".utf8))
      #expect(list?[item: 6] == nil)
      #expect(root["big"]?.number == .unsigned(.max))
      #expect(root["missing"] == nil)
      #expect(root.members.map { String(decoding: $0.name, as: UTF8.self) } == ["a", "big"])
    }
  }

  @Test(arguments: [
    (#"{"event_type":1,"eventType":2}"#, 2),
    (#"{"eventType":2,"event_type":1}"#, 2),
    (#"{"EVENTTYPE":1,"event_type":3}"#, 3),
    (#"{"eventType":1,"eventType":4}"#, 4),
    (#"{"_event__Type_":5}"#, 5),
  ])
  func `a name ignores case and underscores but prefers the exact spelling`(
    json: String,
    value: Int64
  ) throws {
    let name = JSONName("eventType")
    let found = try reader.withDocument(Array(json.utf8)) { $0[name]?.number }
    #expect(found == .integer(value))
  }

  @Test func `a name that is only similar is not found`() throws {
    let json = Array(#"{"eventTypes":1,"eventTyp":2,"event":3,"":4,"_":5}"#.utf8)
    let found = try reader.withDocument(json) { $0[JSONName("eventType")] == nil }
    #expect(found)
  }

  @Test func `the last of several members of one name counts`() throws {
    let found = try reader.withDocument(Array(#"{"a":1,"a":2}"#.utf8)) { $0["a"]?.number }
    #expect(found == .integer(2))
  }

  @Test(arguments: [
    ("", 0), ("{", 1), (#"{"a" 1}"#, 5), ("[1,]", 3), ("nul", 3), ("{} {}", 3), ("\"a\nb\"", 2),
    ("01", 1), ("[1 2]", 3), (#"{"a":1,}"#, 7), (#"["\x"]"#, 3), ("\u{FEFF}{}", 0),
  ])
  func `what is not JSON is refused with its offset`(json: String, offset: Int) {
    let error = #expect(throws: JSONReadError.self) {
      try reader.withDocument(Array(json.utf8)) { _ in }
    }
    #expect(error?.kind == .notJSON)
    #expect(error?.offset == offset)
  }

  @Test(arguments: [
    [0xFF], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x7B, 0x00],
  ])
  func `bytes that are no UTF-8 are refused`(bytes: [UInt8]) {
    let error = #expect(throws: JSONReadError.self) { try reader.withDocument(bytes) { _ in } }
    #expect(error?.kind == .notJSON)
  }

  @Test(arguments: [
    (#"{"a":"\ud800"}"#, 6), (#"["\udc00x"]"#, 2), (#"["\ud800\ud800\udc00"]"#, 2),
    ("[123456789012345678901234567890]", 1), ("[1e999]", 1), ("{\"n\":-9223372036854775809}", 5),
  ])
  func `JSON that has no value here is told apart from what is not JSON`(
    json: String,
    offset: Int
  ) {
    let error = #expect(throws: JSONReadError.self) {
      try reader.withDocument(Array(json.utf8)) { _ in }
    }
    #expect(error?.kind == .notExtractable)
    #expect(error?.offset == offset)
  }

  @Test func `nesting beyond the limit is refused and does not harm the reader`() throws {
    for depth in [1024, 100_000] {
      let deep = Array(
        (String(repeating: "[", count: depth + 1)
          + String(repeating: "]", count: depth + 1)).utf8
      )
      let error = #expect(throws: JSONReadError.self) { try reader.withDocument(deep) { _ in } }
      #expect(error?.kind == .notExtractable)
      let open = Array(String(repeating: "{\"a\":", count: depth).utf8)
      let unfinished = #expect(throws: JSONReadError.self) {
        try reader.withDocument(open) { _ in }
      }
      #expect(unfinished?.kind == .notJSON)
    }
    #expect(try reader.withDocument(Array("[1]".utf8)) { $0.count } == 1)
  }

  @Test func `a document is parsed in place when its allocation has room`() throws {
    let json = Array(#"{"a":"b"}"#.utf8)
    let padded = json + Array(repeating: UInt8(ascii: "x"), count: JSONReader.padding)
    let text = try padded.withUnsafeBytes { buffer in
      try reader.withDocument(
        UnsafeRawBufferPointer(rebasing: buffer[..<json.count]),
        capacity: buffer.count
      ) { $0["a"]?.textBytes }
    }
    #expect(text == Array("b".utf8))
  }

  @Test(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
  func `the parsing test suite is accepted and refused as it says`() throws {
    for name in SharedData.names(in: "vectors/json") where name.hasSuffix(".json") {
      let bytes = try SharedData.bytes("vectors/json/" + name)
      do throws(JSONReadError) {
        try reader.withDocument(bytes) { _ in }
        #expect(!name.hasPrefix("n_"), "\(name) was accepted")
      } catch {
        #expect(!name.hasPrefix("y_"), "\(name) was refused: \(error)")
        if name.hasPrefix("n_") { #expect(error.kind == .notJSON, "\(name): \(error)") }
        #expect((0...bytes.count).contains(error.offset))
      }
    }
  }

  @Test func `damaged documents never trap`() {
    var random = SplitMix64(forTest: "damaged JSON")
    let seed = Array(#"{"a":[1,2.5e3,"x\u00e9\n",{"b":null,"c":true}],"d":-0.0}"#.utf8)
    for _ in 0..<5_000 {
      var bytes = seed
      for _ in 0...random.below(4) {
        switch random.below(3) {
        case 0: bytes[random.below(bytes.count)] = UInt8(truncatingIfNeeded: random.next())
        case 1: bytes.removeLast(random.below(bytes.count))
        default: bytes.insert(random.pick(Array(#"{}[]",:\"#.utf8)), at: random.below(bytes.count))
        }
        if bytes.isEmpty { bytes = [0] }
      }
      _ = try? reader.withDocument(bytes) { root in root.members.reduce(0) { n, _ in n + 1 } }
    }
  }
}
