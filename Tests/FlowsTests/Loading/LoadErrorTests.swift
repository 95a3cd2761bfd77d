import Flows
import TestSupport
import Testing
import Values

@Suite struct LoadErrorTests {
  struct Fault: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let replace: String
    let with: String
    let place: String
    let problem: FlowLoadProblem

    init(
      _ description: String,
      _ replace: String,
      _ with: String,
      at place: String,
      _ problem: FlowLoadProblem
    ) {
      testDescription = description
      self.replace = replace
      self.with = with
      self.place = place
      self.problem = problem
    }
  }

  private static var export: String {
    var main = FlowBuilder("main")
    main.card("start", "control:callable", outputs: ["name"])
    main.card(
      "text",
      "string:compose",
      ["_text_": .constant("Hi {{{name}}}"), "name": .wire("start.name")],
      outputs: ["output"]
    )
    main.card("call", "control:spawn", ["flo:flo": .flow("other")])
    main.card("row", "stash:readRow", ["parameters/stash": .constant("t1")])
    var other = FlowBuilder("other")
    other.card("begin", "control:callable")
    let bytes = FlowBuilder.export(
      [main, other],
      tables: ["t1": ["name": "Rows", "data": ["structure": [["name": "a", "type": "str"]]]]]
    )
    return String(decoding: bytes, as: UTF8.self)
  }

  static let faults: [Fault] = [
    Fault(
      "a file that is no export",
      "\"data\":{\"flos\"",
      "\"date\":{\"flos\"",
      at: "",
      .missingKey("data")
    ),
    Fault(
      "cards that are no list",
      "\"methods\":[",
      "\"methods\":3,\"cards\":[",
      at: "data.flos.main.data.methods",
      .wrongType(expected: "a list", found: "a number")
    ),
    Fault(
      "no order",
      "\"orderings\"",
      "\"order\"",
      at: "data.flos.main.data",
      .missingKey("orderings")
    ),
    Fault(
      "a card without an id",
      "\"uuid\":\"text\",",
      "",
      at: "data.flos.main.data.methods[1]",
      .missingKey("uuid")
    ),
    Fault(
      "two cards of one id",
      "\"uuid\":\"text\"",
      "\"uuid\":\"start\"",
      at: "data.flos.main.data.methods[1]",
      .duplicateCard("start")
    ),
    Fault(
      "an id that a path cannot hold",
      "\"uuid\":\"text\"",
      "\"uuid\":\"a/b\"",
      at: "data.flos.main.data.methods[1]",
      .unusableID("a/b")
    ),
    Fault(
      "an order that names no card",
      "[\"start\",\"text\"]",
      "[\"start\",\"lost\"]",
      at: "data.flos.main.data.orderings.o0[1]",
      .danglingCard("lost")
    ),
    Fault(
      "a circle",
      "[\"start\",\"text\"]",
      "[\"row\",\"text\"]",
      at: "data.flos.main.data",
      .cycle(["text", "call", "row"])
    ),
    Fault(
      "several roots",
      "[\"start\",\"text\"]",
      "[\"text\",\"call\"]",
      at: "data.flos.main.data",
      .severalRoots(["start", "text"])
    ),
    Fault(
      "an order that is open",
      "[\"text\",\"call\"]",
      "[\"start\",\"call\"]",
      at: "data.flos.main.data",
      .ambiguousOrder("text", "call")
    ),
    Fault(
      "a wire to no input",
      "\"input\":\"in:name\"",
      "\"input\":\"in:nome\"",
      at: "data.flos.main.data.methods[0].pins.out:name.text[0]",
      .danglingInput(card: "text", input: "in:nome")
    ),
    Fault(
      "a wire from no output",
      "\"pins\":{\"out:name\"",
      "\"pins\":{\"out:nome\"",
      at: "data.flos.main.data.methods[0].pins.out:nome",
      .danglingOutput("out:nome")
    ),
    Fault(
      "an unknown conversion",
      "\"transform\":null",
      "\"transform\":{\"out:name\":{\"convert\":\"shout\"}}",
      at: "data.flos.main.data.methods[0].pins.out:name.text[0].transform.out:name.convert",
      .unknownValue("shout")
    ),
    Fault(
      "a missing callee",
      "\"data\":\"other\"",
      "\"data\":\"gone\"",
      at: "data.flos.main (main), card call (call)",
      .danglingFlow("gone")
    ),
    Fault(
      "a missing table",
      "\"data\":\"t1\"",
      "\"data\":\"t2\"",
      at: "data.flos.main (main), card row (row)",
      .danglingTable("t2")
    ),
    Fault(
      "a missing connection",
      "\"config\":null",
      "\"config\":\"c1\"",
      at: "data.flos.main (main), card start (start)",
      .danglingConnection("c1")
    ),
    Fault(
      "an unknown policy",
      "\"type\":\"finish\"",
      "\"type\":\"shrug\"",
      at: "data.flos.main.data.methods[0].node.model.policy.error.type",
      .unknownValue("shrug")
    ),
  ]

  @Test(arguments: faults)
  func `a fault is named with its place`(_ fault: Fault) throws {
    let text = Self.export
    let range = try #require(text.firstRange(of: fault.replace))
    let broken = text.replacingCharacters(in: range, by: fault.with)
    let error = #expect(throws: FlowLoadError.self) {
      try FlowPack.load(Array(broken.utf8), source: "x.flopack")
    }
    #expect(error?.source == "x.flopack")
    #expect(error?.place == fault.place)
    #expect(error?.problem == fault.problem)
    #expect(error?.description.contains(fault.problem.remedy) == true)
  }

  @Test(arguments: ["", "{", "[]", "null", "{\"data\":null}", "{\"data\":{\"flos\":{\"a\":1}}}"])
  func `what is no export is refused`(_ text: String) {
    #expect(throws: FlowLoadError.self) { try FlowPack.load(Array(text.utf8), source: "x") }
  }

  @Test func `no prefix of an export loads and none traps`() throws {
    let bytes = Array(Self.export.utf8)
    for length in stride(from: 0, to: bytes.count, by: 97) {
      #expect(throws: FlowLoadError.self) {
        try FlowPack.load(Array(bytes[..<length]), source: "x")
      }
    }
  }

  @Test func `members replaced at random never trap`() throws {
    let whole = try JSON.parse(Array(Self.export.utf8))
    var random = SplitMix64(seed: 7)
    for _ in 0..<400 {
      let damaged = Self.damaged(whole, &random)
      if let pack = try? FlowPack.load(JSON.serialize(damaged), source: "x") {
        for flow in pack.flows {
          let closure = try #require(pack.closure(of: flow.id))
          _ = FlowVersion(closure)
          _ = TypedRun(Program(closure), seed: 0)
        }
      }
    }
  }

  /// The value with one member or item, somewhere, replaced or removed.
  private static func damaged(_ value: Value, _ random: inout SplitMix64) -> Value {
    let replacements: [Value] = [.null, 0, -1, 1e300, "", "start", [], [:], true, ["start"]]
    switch value {
    case .object(var object) where !object.isEmpty:
      let key = object.keys[Int(random.next() % UInt64(object.count))]
      let roll = random.next() % 12
      if roll == 0 {
        object[key] = nil as Value?
      } else {
        object[key] =
          roll == 1
          ? replacements[Int(random.next() % 10)] : damaged(object[key] ?? .null, &random)
      }
      return .object(object)
    case .list(var items) where !items.isEmpty:
      let index = Int(random.next() % UInt64(items.count))
      items[index] = damaged(items[index], &random)
      return .list(items)
    default: return replacements[Int(random.next() % 10)]
    }
  }
}

extension String {
  /// The text with one range replaced.
  fileprivate func replacingCharacters(in range: Range<Index>, by text: String) -> String {
    var copy = self
    copy.replaceSubrange(range, with: text)
    return copy
  }
}
