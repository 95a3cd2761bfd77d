internal import Glibc
internal import Values

/// Computes the text of a *Formula* card.
///
/// `!` binds strongest, then `^` (to the right), signs, `* / %`, `+ -`. A `#` begins a comment.
/// Slots are numbers, as if they stood in parentheses.
struct Formula {
  private enum Token: Equatable {
    case number(Double)
    case name(String)
    case sign(UInt8)
  }

  private var tokens: [Token] = []
  private var position = 0
  private var depth = 0
  private var randomNumbers: ArraySlice<Double> = []

  /// Reads the signs, names and numbers of a template.
  ///
  /// - Throws: `CardError` for a sign that no formula has, or what a slot throws.
  init(_ template: Template, slot: (Text) throws(CardError) -> Double) throws(CardError) {
    for part in template.parts {
      switch part {
      case .slot(let key): tokens.append(.number(try slot(key)))
      case .literal(let text): try read(text)
      }
    }
  }

  /// How many random numbers the formula draws.
  var randomCount: Int { tokens.count { $0 == .name("random") } }

  /// The result, the random numbers being used in the order of the text.
  ///
  /// - Throws: `CardError` for a formula that is none and for a result that is no finite number.
  func result(randomNumbers: [Double]) throws(CardError) -> Double {
    var formula = self
    formula.randomNumbers = randomNumbers[...]
    let result = try formula.sum()
    guard formula.position == tokens.count else { throw Self.malformed }
    guard result.isFinite else {
      throw CardError.invalidInput("The formula's result is no finite number.")
    }
    return result
  }

  private static let malformed = CardError(
    kind: .parseError,
    message: "The formula cannot be read."
  )
}

// MARK: - Reading

extension Formula {
  private mutating func read(_ text: Text) throws(CardError) {
    var scanner = ByteScanner(text.bytes)
    scanner.skipSpaces()
    while let next = scanner.next {
      if next == UInt8(ascii: "#") {
        while let next = scanner.next, next != UInt8(ascii: "\n") { scanner.position += 1 }
      } else if next.digit != nil || next == UInt8(ascii: ".") {
        tokens.append(.number(try Self.number(&scanner)))
      } else if next.isLetter {
        tokens.append(.name(Self.name(&scanner)))
      } else {
        guard "+-*/^%!(),".utf8.contains(next) else { throw Self.malformed }
        tokens.append(.sign(next))
        scanner.position += 1
      }
      scanner.skipSpaces()
    }
  }

  private static func name(_ scanner: inout ByteScanner) -> String {
    let start = scanner.position
    while let next = scanner.next, next.isLetter || next.digit != nil { scanner.position += 1 }
    return String(decoding: scanner.bytes[start..<scanner.position], as: UTF8.self)
  }

  private static func number(_ scanner: inout ByteScanner) throws(CardError) -> Double {
    let start = scanner.position
    _ = scanner.milliseconds()
    if scanner.skip(UInt8(ascii: ".")) { _ = scanner.milliseconds() }
    _ = scanner.attempt { scanner -> Bool? in
      guard scanner.skip(anyOf: "eE") != nil else { return nil }
      _ = scanner.skip(anyOf: "+-")
      return scanner.milliseconds() == nil ? nil : true
    }
    let text = Text(wtf8: Array(scanner.bytes[start..<scanner.position]))
    guard let number = Double(javaScript: text), number.isFinite else { throw malformed }
    return number
  }
}

// MARK: - Computing

extension Formula {
  private mutating func take(_ sign: Character) -> Bool {
    guard position < tokens.count, let byte = sign.asciiValue, tokens[position] == .sign(byte)
    else { return false }
    position += 1
    return true
  }

  private mutating func sum() throws(CardError) -> Double {
    var result = try product()
    while true {
      if take("+") {
        result += try product()
      } else if take("-") {
        result -= try product()
      } else {
        return result
      }
    }
  }

  private mutating func product() throws(CardError) -> Double {
    var result = try signed()
    while true {
      if take("*") {
        result *= try signed()
      } else if take("/") {
        result /= try signed()
      } else if take("%") {
        let divisor = try signed()
        result -= divisor * (result / divisor).rounded(.down)
      } else {
        return result
      }
    }
  }

  private mutating func signed() throws(CardError) -> Double {
    // Each nesting passes here, so that no text can exhaust the stack.
    guard depth < 200 else { throw Self.malformed }
    depth += 1
    defer { depth -= 1 }
    if take("-") { return -(try signed()) }
    if take("+") { return try signed() }
    let base = try factorial()
    return take("^") ? pow(base, try signed()) : base
  }

  private mutating func factorial() throws(CardError) -> Double {
    var result = try operand()
    while take("!") {
      guard let count = Int(exactly: result), (0...170).contains(count) else {
        throw CardError.invalidInput("Only whole numbers from 0 to 170 have a factorial.")
      }
      result = count < 2 ? 1 : (2...count).reduce(1) { $0 * Double($1) }
    }
    return result
  }

  private mutating func operand() throws(CardError) -> Double {
    guard position < tokens.count else { throw Self.malformed }
    let token = tokens[position]
    position += 1
    switch token {
    case .number(let number): return number
    case .name(let name): return try value(of: name)
    case .sign(let sign):
      guard sign == UInt8(ascii: "(") else { throw Self.malformed }
      let result = try sum()
      guard take(")") else { throw Self.malformed }
      return result
    }
  }

  private mutating func value(of name: String) throws(CardError) -> Double {
    guard take("(") else {
      switch name {
      case "pi": return .pi
      case "e": return M_E
      default: throw CardError.invalidInput("A formula has no \"\(name)\".")
      }
    }
    var arguments: [Double] = []
    if !take(")") {
      repeat { arguments.append(try sum()) } while take(",")
      guard take(")") else { throw Self.malformed }
    }
    if name == "random", arguments.isEmpty { return randomNumbers.popFirst() ?? 0 }
    guard let result = Self.function(name, arguments) else {
      throw CardError.invalidInput(
        "A formula has no \"\(name)\" of \(arguments.count) numbers."
      )
    }
    return result
  }

  private static func function(_ name: String, _ arguments: [Double]) -> Double? {
    switch (name, arguments.count) {
    case ("min", 1...): return arguments.min()
    case ("max", 1...): return arguments.max()
    case ("pow", 2): return pow(arguments[0], arguments[1])
    case (_, 1): return functions[name]?(arguments[0])
    default: return nil
    }
  }

  private static let functions: [String: @Sendable (Double) -> Double] = [
    "abs": { abs($0) }, "ceil": { $0.rounded(.up) }, "floor": { $0.rounded(.down) },
    "round": { $0.rounded() }, "sqrt": { $0.squareRoot() }, "exp": { exp($0) },
    "log": { log($0) }, "log10": { log10($0) }, "sin": { sin($0) }, "cos": { cos($0) },
    "tan": { tan($0) }, "asin": { asin($0) }, "acos": { acos($0) }, "atan": { atan($0) },
    "sinh": { sinh($0) }, "cosh": { cosh($0) }, "tanh": { tanh($0) },
  ]
}
