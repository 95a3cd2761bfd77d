internal import Values

/// The cards that read and write JSON.
enum JSONCards {
  static let all: [FunctionCard] = [
    FunctionCard("json:parse") { (call) throws(CardError) in
      let text = call.text("string") ?? .empty
      guard !text.isEmpty else {
        throw CardError(kind: .parseError, message: "There is no text to parse.")
      }
      call.set("output", to: try CardError.parsing(text))
    },
    FunctionCard("json:stringify") { (call) throws(CardError) in
      call.set("output", to: .text(JSON.text(call.input("object"))))
    },
  ]
}
