internal import Values

extension CardError {
  /// A text is parsed as JSON, or the error says where it stops being JSON.
  static func parsing(_ text: Text) throws(CardError) -> Value {
    do {
      return try JSON.parse(text)
    } catch {
      throw CardError(kind: .parseError, message: Text("The text is not JSON: \(error)"))
    }
  }

  /// A value is needed as a date and is none.
  static func noDate(_ value: Value) -> CardError {
    invalidConversion(of: value, to: "a date")
  }

  /// A value cannot be computed with as what a card needs.
  static func invalidConversion(of value: Value, to type: String) -> CardError {
    CardError(
      kind: .invalidTypeConversion,
      message: Text("The \(value.kindName) \(value.shortForm)cannot be read as \(type).")
    )
  }

  /// An input has a value that its card refuses.
  static func invalidInput(_ message: String) -> CardError {
    CardError(kind: .invalidInput, message: Text(message))
  }
}

extension Value {
  /// What sort of value it is, for messages.
  fileprivate var kindName: String {
    switch self {
    case .null: "value null"
    case .boolean: "boolean"
    case .number: "number"
    case .text: "text"
    case .date: "date"
    case .list: "list"
    case .object: "object"
    case .file: "file"
    case .unknown: "unknown value"
    }
  }

  /// A scalar as messages quote it, with a space behind; nothing for other values.
  fileprivate var shortForm: String {
    switch self {
    case .text(let text): "\"\(text.utf16Slice(0..<60))\" "
    case .boolean, .number, .date: (Coercion.text(of: self)?.description ?? "") + " "
    case .null, .list, .object, .file, .unknown: ""
    }
  }
}
