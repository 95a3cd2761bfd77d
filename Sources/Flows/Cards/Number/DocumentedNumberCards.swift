internal import Glibc
internal import Values

/// Cards that compute and that only Okta's pages tell of; a null number counts as 0, and a result
/// that is no finite number is an error.
///
/// Source, unless a card says otherwise: Okta's list of functions, and the page of its predecessor,
/// `learn.azuqua.com/function-reference/number`.
enum DocumentedNumberCards {
  static let all: [FunctionCard] = one + several.flatMap(\.self)

  private static let one: [FunctionCard] = [
    unary("math:abs") { abs($0) },
    unary("math:exp") { exp($0) },
    unary("math:sqrt") { $0.squareRoot() },
    unary("math:floor") { $0.rounded(.down) },
    unary("math:sign") { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 },
    FunctionCard("math:factorial", pure: factorial),
    FunctionCard("math:log", pure: logarithm),
    FunctionCard("math:toFixed", pure: roundDecimalPlaces),
    FunctionCard("math:percentage", pure: percentage),
    FunctionCard("control:toNumber", pure: toNumber),
  ]

  private static let several: [[FunctionCard]] = [
    FunctionCard.at(["math:increment", "math:inc"], pure: increment),
    FunctionCard.at(["math:pow", "math:power"], pure: power),
    FunctionCard.at(["math:mod", "math:modulo", "math:remainder"], pure: remainder),
    FunctionCard.at(["math:max", "math:larger"], pure: larger),
    FunctionCard.at(["math:min", "math:smaller"], pure: smaller),
  ]

  private static let numberKeys = ["a", "number"]

  /// A card of one number: *Absolute Value*, *Exponent* (a power of *e*), *Square Root*, *Sign*,
  /// and *Round Down*, whose page is `number_floor.htm`.
  private static func unary(
    _ address: CardAddress,
    _ compute: @escaping @Sendable (Double) -> Double
  ) -> FunctionCard {
    FunctionCard(address) { (call) throws(CardError) in
      try set(&call, to: compute(call.number(at: 0, numberKeys)))
    }
  }

  private static func set(_ call: inout CardCall, to result: Double) throws(CardError) {
    call.setResult(["output"], to: try NumberCards.finite(result))
  }

  /// *Larger*: the largest of all inputs.
  private static func larger(_ call: inout CardCall) throws(CardError) {
    try set(&call, to: NumberCards.numbers(of: call).max() ?? 0)
  }

  /// *Smaller*: the smallest of all inputs.
  private static func smaller(_ call: inout CardCall) throws(CardError) {
    try set(&call, to: NumberCards.numbers(of: call).min() ?? 0)
  }

  /// *Increment*: the number and one.
  private static func increment(_ call: inout CardCall) throws(CardError) {
    try set(&call, to: call.number(at: 0, numberKeys) + 1)
  }

  /// *Power*: the base to the power of the exponent.
  private static func power(_ call: inout CardCall) throws(CardError) {
    let base = try call.number(at: 0, ["a", "base", "number"])
    try set(&call, to: pow(base, call.number(at: 1, ["b", "exponent", "power"])))
  }

  /// *Remainder*, with the sign of the dividend as JavaScript's `%` has it.
  private static func remainder(_ call: inout CardCall) throws(CardError) {
    let divisor = try call.number(at: 1, ["b", "divide by", "divisor"])
    guard divisor != 0 else { throw CardError.invalidInput("A number cannot be divided by zero.") }
    try set(&call, to: fmod(call.number(at: 0, numberKeys), divisor))
  }

  /// *Factorial* of a whole number; 0 for a number below 0, as the page says.
  private static func factorial(_ call: inout CardCall) throws(CardError) {
    let number = try call.number(at: 0, numberKeys)
    guard number >= 0 else { return try set(&call, to: 0) }
    guard let count = Int(exactly: number), count <= 170 else {
      throw CardError.invalidInput("Only whole numbers up to 170 have a factorial.")
    }
    try set(&call, to: count < 2 ? 1 : (2...count).reduce(1) { $0 * Double($1) })
  }

  /// *Log*: the logarithm to a base, to *e* where the card has none.
  private static func logarithm(_ call: inout CardCall) throws(CardError) {
    let number = try call.number(at: 0, numberKeys)
    let base = call.value(at: 1, ["b", "base"])
    guard !Coercion.isBlank(base) else { return try set(&call, to: log(number)) }
    switch try CardCall.number(base) {
    case 2: try set(&call, to: log2(number))
    case 10: try set(&call, to: log10(number))
    case let base: try set(&call, to: log(number) / log(base))
    }
  }

  /// *Round Decimal Places*: the nearest number of so many places, half away from zero.
  ///
  /// Source: `help.okta.com`, `function-reference/number/number_tofixed.htm`.
  private static func roundDecimalPlaces(_ call: inout CardCall) throws(CardError) {
    let places = try places(call.value(at: 1, ["decimals", "decimal places", "b"]))
    let number = try call.number(at: 0, numberKeys)
    try set(&call, to: DecimalRounding.rounded(number, places: places))
  }

  /// *Percentage*: so many hundredths of a number, as a number and as text; 25 of 50 are 12.5, with
  /// two places `12.50%`.
  ///
  /// Source: `help.okta.com`, `function-reference/Number/number_percentage.htm`.
  private static func percentage(_ call: inout CardCall) throws(CardError) {
    let whole = try call.number(at: 0, ["percentage of", "of", "a", "number"])
    let result = whole * (try call.number(at: 1, ["value", "b"])) / 100
    let places = try places(call.value(at: 2, ["precision", "decimals"]))
    let rounded = try NumberCards.finite(DecimalRounding.rounded(result, places: places))
    let text = DecimalRounding.text(of: result, places: places)
    call.setResult(["percentage", "output"], to: rounded)
    call.setResult(["encoded"], at: 1, to: .text(text + "%"))
  }

  /// *To Number*: the number that a text spells, 1 for true and 0 for false.
  ///
  /// Source: `help.okta.com`, `function-reference/control/control_tonumber.htm`, which has an error
  /// for `abc123`.
  private static func toNumber(_ call: inout CardCall) throws(CardError) {
    let value = call.value(at: 0, ["value"])
    if Coercion.number(of: value) == nil, let truth = Coercion.boolean(of: value) {
      return try set(&call, to: truth ? 1 : 0)
    }
    try set(&call, to: CardCall.number(value))
  }

  /// A number of decimal places, which JavaScript takes from 0 to 100.
  private static func places(_ value: Value) throws(CardError) -> Int {
    let places = try CardCall.number(value).rounded(.towardZero)
    guard (0...100).contains(places) else {
      throw CardError.invalidInput("A number is rounded to 0 to 100 decimal places.")
    }
    return Int(places)
  }
}
