internal import Values

/// The cards that compute; a null number counts as 0.
enum NumberCards {
  static let all: [FunctionCard] = [
    FunctionCard("math:add") { (call) throws(CardError) in
      call.set("output", to: try finite(numbers(of: call).reduce(0, +)))
    },
    FunctionCard("math:subtract") { (call) throws(CardError) in
      call.set("output", to: try finite(call.number("a") - call.number("b")))
    },
    FunctionCard("math:multiply") { (call) throws(CardError) in
      call.set("output", to: try finite(numbers(of: call).reduce(1, *)))
    },
    FunctionCard("math:divide", pure: divide),
    FunctionCard("math:ceil") { (call) throws(CardError) in
      call.set("output", to: try finite(call.number("a").rounded(.up)))
    },
    FunctionCard("math:round") { (call) throws(CardError) in
      call.set("output", to: try finite(call.number("a").roundedHalfUp))
    },
    FunctionCard("math:random", behaviour: .ambient(random)),
    FunctionCard("math:expression", behaviour: .ambient(formula)),
  ]

  /// The plain inputs as numbers, in field order.
  static func numbers(of call: CardCall) throws(CardError) -> [Double] {
    var numbers: [Double] = []
    for (_, value) in call.plainInputs { numbers.append(try CardCall.number(value)) }
    return numbers
  }

  /// A result, which JSON has to be able to hold.
  static func finite(_ number: Double) throws(CardError) -> Value {
    guard number.isFinite else {
      throw CardError.invalidInput("The result is no finite number.")
    }
    return .number(number)
  }

  private static func divide(_ call: inout CardCall) throws(CardError) {
    let divisor = try call.number("b")
    guard divisor != 0 else { throw CardError.invalidInput("A number cannot be divided by zero.") }
    let quotient = try call.number("a") / divisor
    let places = Int(max(0, min(100, try call.number("decimals"))))
    call.set("output", to: try finite(DecimalRounding.rounded(quotient, places: places)))
    _ = try finite(quotient * 100)
    let percentage = DecimalRounding.text(of: quotient * 100, places: places)
    call.set("percentage", to: .text(percentage + "%"))
  }

  /// An integer from `a` up to but not including `b`; `a` where there is none.
  private static let random = AmbientFunction(
    nextRequest: { (call, answers) throws(CardError) in
      let (low, high) = try bounds(of: call)
      return answers.isEmpty && low < high ? .random(count: 1) : nil
    },
    finish: { (call, answers) throws(CardError) in
      let (low, high) = try bounds(of: call)
      let number = try RandomNumbers.read(answers.first, count: low < high ? 1 : 0).first
      let drawn = low + ((number ?? 0) * (high - low)).rounded(.down)
      call.set("output", to: try finite(low < high ? min(drawn, high - 1) : low))
    }
  )

  private static let formula = AmbientFunction(
    nextRequest: { (call, answers) throws(CardError) in
      let count = try Formula(reading: call).randomCount
      return answers.isEmpty && count > 0 ? .random(count: count) : nil
    },
    finish: { (call, answers) throws(CardError) in
      let formula = try Formula(reading: call)
      let numbers = try RandomNumbers.read(answers.first, count: formula.randomCount)
      call.set("output", to: .number(try formula.result(randomNumbers: numbers)))
    }
  )

  private static func bounds(of call: CardCall) throws(CardError) -> (low: Double, high: Double) {
    (try call.number("a").rounded(.up), try call.number("b").rounded(.up))
  }
}

extension Formula {
  /// Reads the formula of a card, its slots filled with inputs.
  fileprivate init(reading call: CardCall) throws(CardError) {
    let slots = call.plainInputs
    try self.init(Template(call.text("_text_") ?? .empty)) { (key) throws(CardError) in
      try CardCall.number(slots.first { $0.key == key }?.value ?? .null)
    }
  }
}

extension Double {
  /// The nearest integer, the greater one of two equally near: as JavaScript's `Math.round`.
  var roundedHalfUp: Double {
    let floor = rounded(.down)
    return self - floor >= 0.5 ? floor + 1 : floor
  }
}
