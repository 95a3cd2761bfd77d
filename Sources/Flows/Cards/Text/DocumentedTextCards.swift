internal import Values

/// Cards of texts that only Okta's pages tell of.
enum DocumentedTextCards {
  static let all: [FunctionCard] = [
    FunctionCard("string:at", pure: at),
    FunctionCard("string:charAt", pure: at),
    FunctionCard("string:toUpperCase", pure: upperCase),
    FunctionCard("string:uuid", behaviour: .ambient(uniqueID)),
  ]

  /// *At*: the UTF-16 unit at an index, counted from 0; empty where there is none.
  ///
  /// Source: Okta's list of functions, and Authing's copy of it, `Text/At`.
  private static func at(_ call: inout CardCall) throws(CardError) {
    let text = call.text(at: 0, ["string", "text"]) ?? .empty
    let number = try call.number(at: 1, ["index", "position"]).rounded(.towardZero)
    guard let index = Int(exactly: number), (0..<text.utf16Count).contains(index) else {
      call.setResult(["output", "character"], to: "")
      return
    }
    call.setResult(["output", "character"], to: .text(text.utf16Slice(index..<(index + 1))))
  }

  /// *To Upper Case*: every letter in upper case, without a locale; null stays null.
  ///
  /// Source: Okta's list of functions, and Authing's copy of it, `Text/To Upper Case`.
  private static func upperCase(_ call: inout CardCall) throws(CardError) {
    let text = call.text(at: 0, ["string", "text"])
    call.setResult(["output"], to: text.map { .text($0.uppercased()) } ?? .null)
  }

  /// *Unique ID*: a random UUID of version 4, 32 hexadecimal digits in five groups.
  ///
  /// Source: `help.okta.com`, `function-reference/text/text_uuid.htm`.
  private static let uniqueID = AmbientFunction(
    nextRequest: { (_, answers) throws(CardError) in answers.isEmpty ? .newID : nil },
    finish: { (call, answers) throws(CardError) in
      guard case .text(let id)? = answers.first, !id.isEmpty else {
        throw CardError.invalidInput("The answer to a request for a new id is no text.")
      }
      call.setResult(["output", "unique ID", "uuid", "id"], to: .text(id))
    }
  )
}
