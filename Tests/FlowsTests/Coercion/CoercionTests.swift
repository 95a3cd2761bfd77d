import Flows
import Testing
import Values

@Suite struct CoercionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let value: Value
    let type: DeclaredType
    let result: Value

    init(_ value: Value, _ type: DeclaredType, _ result: Value) {
      (self.value, self.type, self.result) = (value, type, result)
    }

    /// A value that cannot be read so, and passes.
    init(_ value: Value, passes type: DeclaredType) {
      self.init(value, type, value)
    }

    var testDescription: String { "\(value) as \(type)" }
  }

  @Test(arguments: texts + numbers + booleans + dates + objects + lists)
  func `an input is read by its declared type`(_ example: Case) {
    #expect(Coercion.read(example.value, as: example.type) == example.result)
  }

  static let moment: Value = .date("2026-01-02T03:04:05.006Z")
  static let file = Value.file(File(name: "a.txt", mediaType: "text/plain", content: [0x61, 0xFF]))
  static let schema = DeclaredType.schema(ObjectSchema([.init(key: "n", type: .number)]))

  static let texts: [Case] = [
    Case("a", .string, "a"), Case(.null, .string, .null), Case(1e21, .string, "1e+21"),
    Case(-0.0, .string, "0"), Case(12, .string, "12"), Case(true, .string, "true"),
    Case(moment, .string, "2026-01-02T03:04:05.006Z"),
    Case(["b": 1, "a": []], .string, #"{"b":1,"a":[]}"#),
    Case(["x"], .string, #"["x"]"#), Case(file, .string, "a\u{FFFD}"),
    Case(.unanswered, .string, .unanswered), Case(["x", .unanswered], .string, .unanswered),
  ]

  static let numbers: [Case] = [
    Case(5, .number, 5), Case("5", .number, 5), Case(" 1e2\n", .number, 100),
    Case("-.5", .number, -0.5), Case("0x1F", .number, 31), Case("", .number, .null),
    Case(.null, .number, .null),
    Case(true, .number, 1), Case(false, .number, 0), Case("12 days", passes: .number),
    Case("69.173.127.24", passes: .number), Case("Infinity", passes: .number),
    Case(" ", passes: .number), Case("١", passes: .number), Case(moment, passes: .number),
    Case(["1"], passes: .number),
  ]

  static let booleans: [Case] = [
    Case(true, .boolean, true), Case("TrUe", .boolean, true), Case("false", .boolean, false),
    Case("1", .boolean, true), Case(0, .boolean, false), Case("", .boolean, false),
    Case(.null, .boolean, false), Case("yes", passes: .boolean), Case(2, passes: .boolean),
    Case(" true", passes: .boolean), Case([], passes: .boolean),
  ]

  static let dates: [Case] = [
    Case("2026-01-02T03:04:05.006Z", .date, moment), Case(moment, .date, moment),
    Case(1_767_323_045_006, .date, moment), Case("1767323045006", .date, moment),
    Case("", .date, .null), Case(.null, .date, .null), Case("soon", passes: .date),
    Case(true, passes: .date), Case(1e300, passes: .date),
  ]

  static let objects: [Case] = [
    Case(["a": 1], .object, ["a": 1]), Case(#"{"a":1}"#, .object, ["a": 1]),
    Case("\n [1]", .object, [1]), Case(#"{"n":"1"}"#, schema, ["n": "1"]),
    Case("123", passes: .object), Case("null", passes: .object), Case(#""a""#, passes: .object),
    Case("{broken", passes: .object), Case("", passes: .object), Case(.null, passes: .object),
    Case([1], passes: .object), Case(1, passes: schema),
  ]

  static let lists: [Case] = [
    Case([1, "a"], .list(.string), [1, "a"]), Case("a", .list(.string), ["a"]),
    Case("", .list(.string), [""]), Case(.null, .list(.object), []),
    Case("[1,2]", .list(.number), ["[1,2]"]), Case(["a": 1], .list(.object), [["a": 1]]),
    Case(.unanswered, .list(.any), .unanswered), Case(file, passes: .file),
    Case("id", passes: .flow),
    Case(1, passes: .any),
  ]
}
