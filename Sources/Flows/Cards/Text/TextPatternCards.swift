internal import RegularExpressions
internal import Values

/// The cards that look for patterns: regular expressions as JavaScript has them.
enum TextPatternCards {
  static let all: [FunctionCard] = [
    FunctionCard("string:match", pure: find),
    FunctionCard("string:replace", pure: replace),
    FunctionCard("string:replaceAny", pure: replaceAny),
    FunctionCard("string:email", pure: email),
  ]

  /// The place of the first match, −1 where there is none.
  private static func find(_ call: inout CardCall) throws(CardError) {
    let pattern = try expression(call.text("target") ?? .empty)
    let match = try search { () throws(RegularExpressionError) in
      try pattern.firstMatch(in: call.text("string") ?? .empty)
    }
    call.set("output", to: .number(Double(match?.lowerBound ?? -1)))
  }

  private static func replace(_ call: inout CardCall) throws(CardError) {
    try replace(
      call.text("src") ?? .empty,
      with: "dest",
      ignoringCase: ignoresCase(call, unless: "sensitive"),
      in: "string",
      &call
    )
  }

  /// Replaces what one of the patterns matches, in one pass from left to right; rows without a text are
  /// left out.
  private static func replaceAny(_ call: inout CardCall) throws(CardError) {
    let patterns = call.inputs(inGroup: "patterns").compactMap { Coercion.text(of: $0.value) }
      .filter { !$0.isEmpty }
    try replace(
      Text.joined(patterns, separator: "|"),
      with: "replacement",
      ignoringCase: ignoresCase(call, unless: "case sensitive"),
      in: "text",
      &call
    )
  }

  /// Replaces matches by an input as it is; without a pattern the text stays.
  private static func replace(
    _ pattern: Text,
    with replacement: String,
    ignoringCase: Bool,
    in input: String,
    _ call: inout CardCall
  ) throws(CardError) {
    guard let text = call.text(input), !pattern.isEmpty else {
      call.set("output", to: call.input(input))
      return
    }
    let pattern = try expression(pattern, ignoresCase: ignoringCase)
    let inserted = call.text(replacement) ?? .empty
    let all = try call.boolean("global")
    let replaced = try search { () throws(RegularExpressionError) in
      try pattern.replacingMatches(in: text, with: inserted, all: all)
    }
    call.set("output", to: .text(replaced))
  }

  /// Whether case does not count: an input that is there and says so.
  private static func ignoresCase(
    _ call: CardCall,
    unless input: String
  ) throws(CardError) -> Bool {
    if Coercion.isBlank(call.input(input)) { return false }
    return try !call.boolean(input)
  }

  /// The first address in the text, null where there is none.
  private static func email(_ call: inout CardCall) throws(CardError) {
    let text = call.text("string") ?? .empty
    let address = try expression(Self.address)
    let match = try search { () throws(RegularExpressionError) in try address.firstMatch(in: text) }
    call.set("email", to: match.map { .text(text.utf16Slice($0)) } ?? .null)
  }

  /// What the HTML standard takes for an address, with a dot in its domain and none at its beginning.
  private static let address: Text =
    #"[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]+)*@"#
    + #"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)+"#

  private static func expression(
    _ pattern: Text,
    ignoresCase: Bool = false
  ) throws(CardError) -> RegularExpression {
    try search { () throws(RegularExpressionError) in
      try RegularExpression(pattern, ignoresCase: ignoresCase)
    }
  }

  private static func search<Result>(
    _ body: () throws(RegularExpressionError) -> Result
  ) throws(CardError) -> Result {
    do throws(RegularExpressionError) {
      return try body()
    } catch {
      throw CardError.invalidInput("The pattern cannot be used: \(error).")
    }
  }
}
