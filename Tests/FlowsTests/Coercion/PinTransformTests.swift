import Flows
import Testing
import Values

@Suite struct PinTransformTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let conversion: PinTransform.Conversion
    let value: Value
    let result: Value?

    init(_ conversion: PinTransform.Conversion, _ value: Value, _ result: Value?) {
      (self.conversion, self.value, self.result) = (conversion, value, result)
    }

    var testDescription: String { "\(conversion) of \(value)" }
  }

  @Test(arguments: parsing + texts + others)
  func `a wire converts on its way`(_ example: Case) throws {
    let transform = PinTransform(conversion: example.conversion)
    if let result = example.result {
      #expect(try transform.apply(to: example.value) == result)
    } else {
      #expect(throws: CardError.self) { try transform.apply(to: example.value) }
    }
  }

  static let moment: Value = .date("2026-01-02T03:04:05.006Z")

  static let parsing: [Case] = [
    Case(.parse, #"{"a":[1]}"#, ["a": [1]]), Case(.parse, "12", 12), Case(.parse, .null, .null),
    Case(.parse, "", .null), Case(.parse, ["a": 1], ["a": 1]), Case(.parse, "oops", nil),
    Case(.parse, " ", nil), Case(.parse, .unanswered, .unanswered),
    Case(.dateTime, "01/02/26 03:04", .date("2026-01-02T03:04:00Z")), Case(.dateTime, "", .null),
    Case(.dateTime, .null, .null), Case(.dateTime, moment, moment),
    Case(.dateTime, "soon", nil), Case(.dateTime, ["a": 1], nil),
    Case(.parseFloat, "12 days", 12), Case(.parseFloat, " -1.5e3x", -1_500),
    Case(.parseFloat, "x", .null), Case(.parseFloat, "", .null), Case(.parseFloat, .null, .null),
    Case(.parseFloat, 7, 7),
  ]

  static let texts: [Case] = [
    Case(.stringify, "quoted \"not\"", "quoted \"not\""), Case(.stringify, ["a": 1], #"{"a":1}"#),
    Case(.stringify, ["é", .null], #"["é",null]"#), Case(.stringify, .null, .null),
    Case(.stringify, [["a": .unanswered]], .unanswered),
    Case(.toString, 0.1, "0.1"), Case(.toString, -3.0, "-3"), Case(.toString, 1e21, "1e+21"),
    Case(.toString, "69.173.127.24", "69.173.127.24"), Case(.toString, .null, .null),
    Case(.isoString, moment, "2026-01-02T03:04:05.006Z"), Case(.isoString, "soon", "soon"),
    Case(.booleanToString, true, "true"), Case(.booleanToString, "yes", "yes"),
  ]

  static let others: [Case] = [
    Case(.wrapArray, .null, []), Case(.wrapArray, "a", ["a"]), Case(.wrapArray, ["a"], ["a"]),
    Case(.wrapArray, ["a": 1], [["a": 1]]), Case(.wrapArray, .unanswered, .unanswered),
  ]

  @Test func `a result can be wrapped in a list after its conversion`() throws {
    let parse = PinTransform(conversion: .parse, wrapsResult: true)
    #expect(try parse.apply(to: #"{"a":1}"#) == [["a": 1]])
    #expect(try parse.apply(to: "[1]") == [1])
    #expect(try parse.apply(to: "") == [])
    let stringify = PinTransform(conversion: .stringify, wrapsResult: true)
    #expect(try stringify.apply(to: ["a": 1]) == [#"{"a":1}"#])
  }

  @Test func `the errors of wires say what was wrong`() {
    let parse = PinTransform(conversion: .parse)
    #expect { try parse.apply(to: "{") } throws: { ($0 as? CardError)?.kind == .parseError }
    let date = PinTransform(conversion: .dateTime)
    #expect { try date.apply(to: "soon") } throws: {
      ($0 as? CardError)?.kind == .invalidTypeConversion
    }
  }

  @Test(arguments: [
    "parse", "dateTime", "wrapArray", "stringify", "toString", "parseFloat", "isoString",
    "booleanToString",
  ])
  func `every conversion of the exports is known`(_ name: String) {
    #expect(PinTransform.conversion(named: Text(name)) != nil)
  }
}
