/// A comparison made ready: its literal folded and read as a number and a time once.
struct FilterTest: Hashable, Sendable {
  let comparison: FilterOperator
  /// The literal as text, folded.
  let folded: [UInt8]
  /// The literal as a number, when it reads as one.
  let number: JSONNumber?
  /// The literal as milliseconds since 1970, when it reads as a date and time.
  let time: Int64?

  /// Prepares a comparison; nil for `null`, with which nothing compares.
  init?(_ comparison: FilterOperator, _ literal: FilterLiteral) {
    self.comparison = comparison
    switch literal {
    case .text(let bytes):
      folded = CaseFolding.fold(bytes)
      number = JSONNumber(jsonText: bytes)
      time = EventTime(bytes).milliseconds
    case .number(let value, let spelling):
      folded = CaseFolding.fold(Array(spelling.utf8))
      number = value
      time = nil
    case .boolean(let value):
      folded = Array((value ? "true" : "false").utf8)
      number = nil
      time = nil
    case .null: return nil
    }
  }

  /// Whether a value, or any item of an array, meets the comparison.
  ///
  /// `notEqual` is tested as `equal`; who asks turns the answer around.
  func accepts(_ element: JSONElement) -> Bool {
    switch element.kind {
    case .string: element.text.map(acceptsText) ?? false
    case .number: element.number.map(acceptsNumber) ?? false
    case .boolean: acceptsSpelling(element.boolean == true ? "true" : "false")
    case .array: element.items.contains { accepts($0) }
    case .object, .null: false
    }
  }
}

extension FilterTest {
  private func acceptsText(_ text: UnsafeRawBufferPointer) -> Bool {
    switch comparison {
    case .equal, .notEqual:
      if FoldedText.equals(text, folded) { return true }
      guard let time else { return false }
      return EventTime(text).milliseconds == time
    case .contains: return FoldedText.contains(text, folded)
    case .startsWith: return FoldedText.hasPrefix(text, folded)
    case .endsWith: return FoldedText.hasSuffix(text, folded)
    case .greater, .greaterOrEqual, .less, .lessOrEqual: return accepts(order(of: text))
    }
  }

  /// How a text stands to the literal: by time or number where both are one, else by its bytes.
  private func order(of text: UnsafeRawBufferPointer) -> Order {
    if let time, let own = EventTime(text).milliseconds { return Order(own, time) }
    if let number, let own = JSONNumber(jsonText: text) { return Order(own, number) }
    return FoldedText.order(text, folded)
  }

  private func acceptsNumber(_ own: JSONNumber) -> Bool {
    guard let number else { return acceptsSpelling(own.text) }
    switch comparison {
    case .equal, .notEqual: return own == number
    case .contains, .startsWith, .endsWith: return acceptsSpelling(own.text)
    case .greater, .greaterOrEqual, .less, .lessOrEqual: return accepts(Order(own, number))
    }
  }

  private func acceptsSpelling(_ spelling: String) -> Bool {
    var spelling = spelling
    return spelling.withUTF8 { acceptsText(UnsafeRawBufferPointer($0)) }
  }

  private func accepts(_ order: Order) -> Bool {
    switch comparison {
    case .greater: order == .after
    case .greaterOrEqual: order != .before
    case .less: order == .before
    case .lessOrEqual: order != .after
    case .equal, .notEqual, .contains, .startsWith, .endsWith: false
    }
  }
}

/// How one value stands to another.
enum Order: Hashable {
  case before, same, after

  init<Value: Comparable>(_ one: Value, _ other: Value) {
    self = one < other ? .before : one > other ? .after : .same
  }
}
