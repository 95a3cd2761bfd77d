internal import Values

/// The cards that put texts together, take them apart and change them.
///
/// All positions and lengths count UTF-16 units, and may so cut a character in two.
enum TextCards {
  static let all: [FunctionCard] = [
    FunctionCard("string:compose", pure: compose),
    FunctionCard("string:concat", pure: concat),
    FunctionCard("string:split", pure: split),
    FunctionCard("string:substr", pure: segment),
    FunctionCard("string:toLowerCase") { (call) throws(CardError) in
      call.set("output", to: call.text("string").map { .text($0.lowercased()) } ?? .null)
    },
    FunctionCard("string:trim") { (call) throws(CardError) in
      call.set("output", to: call.text("string").map { .text($0.trimmed()) } ?? .null)
    },
    FunctionCard("string:length") { (call) throws(CardError) in
      call.set("length", to: .number(Double(call.text("string")?.utf16Count ?? 0)))
    },
    FunctionCard("string:find", pure: find),
    FunctionCard("string:lastIndexOf", pure: findLast),
    FunctionCard("string:base64", pure: base64),
    FunctionCard("string:base64Decode", pure: base64Decode),
    FunctionCard("string:random", behaviour: .ambient(random)),
  ]

  /// The template with its slots filled; null is empty, and no value is refused.
  private static func compose(_ call: inout CardCall) throws(CardError) {
    let template = Template(call.text("_text_") ?? .empty)
    let slots = call.plainInputs
    let text = template.filled { key in
      slots.first { $0.key == key }.flatMap { Coercion.text(of: $0.value) } ?? .empty
    }
    call.set("output", to: .text(text))
  }

  private static func concat(_ call: inout CardCall) throws(CardError) {
    let parts = call.plainInputs.map { Coercion.text(of: $0.value) ?? .empty }
    call.set("output", to: .text(Text.joined(parts, separator: .empty)))
  }

  private static func split(_ call: inout CardCall) throws(CardError) {
    let parts = call.text("string")?.split(separator: call.text("delimiter") ?? .empty) ?? []
    call.set("output", to: .list(parts.map(Value.text)))
  }

  /// The units from `start` up to `end`; a null end is the end of the text, and the two may be
  /// swapped.
  private static func segment(_ call: inout CardCall) throws(CardError) {
    let text = call.text("string") ?? .empty
    let count = text.utf16Count
    let start = Self.position(try call.number("start"), in: count)
    let hasEnd = !Coercion.isBlank(call.input("end"))
    let end = hasEnd ? Self.position(try call.number("end"), in: count) : count
    call.set("output", to: .text(text.utf16Slice(min(start, end)..<max(start, end))))
  }

  /// A position as JavaScript takes it: fractions dropped, within the text.
  private static func position(_ number: Double, in count: Int) -> Int {
    number.isNaN ? 0 : Int(max(0, min(Double(count), number)))
  }

  private static func find(_ call: inout CardCall) throws(CardError) {
    let index = (call.text("string") ?? .empty).utf16Index(of: call.text("substr") ?? .empty)
    call.set("output", to: .number(Double(index ?? -1)))
  }

  /// The last occurrence that begins at `index` or before.
  private static func findLast(_ call: inout CardCall) throws(CardError) {
    let text = call.text("string") ?? .empty
    let needle = call.text("substr") ?? .empty
    let limit: Int? =
      Coercion.isBlank(call.input("index"))
      ? nil : Self.position(try call.number("index"), in: text.utf16Count)
    let index = text.utf16LastIndex(of: needle, from: limit)
    call.set("output", to: .number(Double(index ?? -1)))
  }

  private static func base64(_ call: inout CardCall) throws(CardError) {
    let text = call.text("string") ?? .empty
    call.set("output", to: .text(Base64.encode(text.wellFormedBytes)))
  }

  private static func base64Decode(_ call: inout CardCall) throws(CardError) {
    let bytes = LenientBase64.decode(call.text("string") ?? .empty)
    call.set("output", to: .text(Text(String(decoding: bytes, as: UTF8.self))))
  }

  /// Letters and digits, one random number for each.
  private static let random = AmbientFunction(
    nextRequest: { (call, answers) throws(CardError) in
      let count = try randomLength(call)
      return answers.isEmpty && count > 0 ? .random(count: count) : nil
    },
    finish: { (call, answers) throws(CardError) in
      let numbers = try RandomNumbers.read(answers.first, count: try randomLength(call))
      let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
      let text = Text(wtf8: numbers.map { letters[$0.index(below: letters.count)] })
      call.set("output", to: .text(text))
    }
  )

  private static func randomLength(_ call: CardCall) throws(CardError) -> Int {
    let length = try call.number("length").rounded(.down)
    guard (0...10_000).contains(length) else {
      throw CardError.invalidInput("A random text has 0 to 10,000 characters.")
    }
    return Int(length)
  }
}
