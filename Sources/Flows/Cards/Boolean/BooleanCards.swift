internal import Values

/// The cards that compare and join truths, and choose by them.
enum BooleanCards {
  static let all: [FunctionCard] = [
    FunctionCard("boolean:compare") { (call) throws(CardError) in
      call.set("result", to: try Comparison.condition(of: call).value)
    },
    FunctionCard("boolean:or") { (call) throws(CardError) in
      call.set("output", to: .boolean(try truths(of: call).contains(true)))
    },
    FunctionCard("boolean:and") { (call) throws(CardError) in
      call.set("output", to: .boolean(try truths(of: call).allSatisfy(\.self)))
    },
    FunctionCard("boolean:xor") { (call) throws(CardError) in
      call.set("output", to: .boolean(try truths(of: call).count(where: \.self) == 1))
    },
    FunctionCard("control:assignIf") { (call) throws(CardError) in
      switch try Comparison.condition(of: call) {
      case .holds: call.set("output", to: call.input("valueIfTrue"))
      case .fails: call.set("output", to: call.input("valueIfFalse"))
      case .unknown(let unknown): call.set("output", to: .unknown(unknown))
      }
    },
    FunctionCard("control:lookup", pure: lookup),
    FunctionCard("boolean:not", pure: not),
  ]

  /// *Not*: the other truth, which is true for null.
  ///
  /// Source: `help.okta.com`, `function-reference/true-false/truefalse_not.htm`.
  private static func not(_ call: inout CardCall) throws(CardError) {
    let value = call.value(at: 0, ["a", "input"])
    guard let truth = Coercion.boolean(of: value) else {
      throw CardError.invalidConversion(of: value, to: "true or false")
    }
    call.setResult(["result", "output"], to: .boolean(!truth))
  }

  private static func truths(of call: CardCall) throws(CardError) -> [Bool] {
    var truths: [Bool] = []
    for (_, value) in call.plainInputs {
      guard let truth = Coercion.boolean(of: value) else {
        throw CardError.invalidConversion(of: value, to: "true or false")
      }
      truths.append(truth)
    }
    return truths
  }

  /// The option whose key the value is; a null value is looked up as the text `null`.
  private static func lookup(_ call: inout CardCall) throws(CardError) {
    let key = call.text("key") ?? "null"
    let option = call.inputs(inGroup: "options").first { $0.key == key }
    call.set("result", to: option?.value ?? call.input("else"))
  }
}
