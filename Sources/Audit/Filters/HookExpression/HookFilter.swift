/// An event hook's filter, ready to be asked about log events.
///
/// A field that is missing is null. Null equals null and nothing else, and is neither greater nor
/// less than anything. Texts compare with regard to case. Values of different kinds are never
/// equal. `contains` looks for a part of a text or an item of a list, `size` counts the items of a
/// list (none, for null), and a selection keeps the items for which its expression holds: two
/// selections can be met by two different items.
public struct HookFilter: Hashable, Sendable {
  /// The filter as it was written.
  public let expression: HookExpression

  /// Reads a filter.
  ///
  /// - Throws: `HookExpressionError`, with the place and a remedy.
  public init(_ filter: String) throws(HookExpressionError) {
    expression = try HookParser.parse(filter)
  }

  /// Makes an expression a filter.
  public init(_ expression: HookExpression) {
    self.expression = expression
  }

  /// Whether a log event is to be delivered.
  ///
  /// - Complexity: O(members and items on the way), for each condition that is reached.
  public func matches(_ event: JSONElement) -> Bool {
    HookEvaluator(event: event, item: nil).holds(expression)
  }
}

/// Computes a hook expression over an event and, inside a selection, one of its items.
private struct HookEvaluator {
  let event: JSONElement
  let item: JSONElement?

  /// What an operand comes to.
  enum Outcome {
    case null
    case text(UnsafeRawBufferPointer)
    case number(JSONNumber)
    case boolean(Bool)
    /// A list, an object or a selection: equal to nothing.
    case composite
  }

  func holds(_ expression: HookExpression) -> Bool {
    switch expression {
    case .comparison(let one, let comparison, let other):
      withOutcome(of: one) { first in
        withOutcome(of: other) { second in compare(first, comparison, second) }
      }
    case .condition(let operand):
      withOutcome(of: operand) { outcome in
        if case .boolean(true) = outcome { return true }
        return false
      }
    case .not(let operand): !holds(operand)
    case .and(let operands): operands.allSatisfy(holds)
    case .or(let operands): operands.contains(where: holds)
    }
  }

  private func compare(_ one: Outcome, _ comparison: HookComparison, _ other: Outcome) -> Bool {
    switch comparison {
    case .equal: areEqual(one, other)
    case .notEqual: !areEqual(one, other)
    case .greater: order(one, other) == .after
    case .greaterOrEqual: order(one, other).map { $0 != .before } ?? false
    case .less: order(one, other) == .before
    case .lessOrEqual: order(one, other).map { $0 != .after } ?? false
    }
  }

  private func areEqual(_ one: Outcome, _ other: Outcome) -> Bool {
    switch (one, other) {
    case (.null, .null): true
    case (.text(let a), .text(let b)): a.elementsEqual(b)
    case (.number(let a), .number(let b)): a == b
    case (.boolean(let a), .boolean(let b)): a == b
    default: false
    }
  }

  private func order(_ one: Outcome, _ other: Outcome) -> Order? {
    switch (one, other) {
    case (.number(let a), .number(let b)): Order(a, b)
    case (.text(let a), .text(let b)):
      a.elementsEqual(b) ? .same : a.lexicographicallyPrecedes(b) ? .before : .after
    default: nil
    }
  }
}

// MARK: - Operands

extension HookEvaluator {
  private func withOutcome(of operand: HookOperand, _ body: (Outcome) -> Bool) -> Bool {
    switch operand {
    case .literal(let literal): withOutcome(of: literal, body)
    case .field, .itemField: body(element(of: operand).map(outcome) ?? .null)
    case .selection: body(.composite)
    case .size(let list): body(.number(.integer(Int64(size(of: list)))))
    case .contains(let whole, let part):
      withOutcome(of: part) { wanted in body(.boolean(contains(whole, wanted))) }
    }
  }

  private func withOutcome(of literal: HookLiteral, _ body: (Outcome) -> Bool) -> Bool {
    switch literal {
    case .text(let bytes): bytes.withUnsafeBytes { body(.text($0)) }
    case .integer(let number): body(.number(.integer(number)))
    case .boolean(let value): body(.boolean(value))
    case .null: body(.null)
    }
  }

  private func outcome(_ element: JSONElement) -> Outcome {
    if let text = element.text { return .text(text) }
    if let number = element.number { return .number(number) }
    if let boolean = element.boolean { return .boolean(boolean) }
    return element.isNull ? .null : .composite
  }

  /// The value of a field; nil where there is none.
  private func element(of operand: HookOperand) -> JSONElement? {
    switch operand {
    case .field(let names):
      // Expressions say `event.debugData` for what stands in `debugContext`.
      if names.first?.spelling == Array("debugData".utf8),
        let debugData = event["debugContext"]?["debugData"]
      {
        return follow(names.dropFirst(), from: debugData)
      }
      return follow(names[...], from: event)
    case .itemField(let names): return item.flatMap { follow(names[...], from: $0) }
    case .literal, .selection, .size, .contains: return nil
    }
  }

  private func follow(_ names: ArraySlice<JSONName>, from start: JSONElement) -> JSONElement? {
    names.reduce(start as JSONElement?) { element, name in element?[exactly: name] }
  }

  /// Hands over each item of a list; an object is a list of itself.
  private func forEachItem(of operand: HookOperand, _ body: (JSONElement) -> Void) {
    if case .selection(let list, let condition) = operand {
      return forEachItem(of: list) { candidate in
        if HookEvaluator(event: event, item: candidate).holds(condition) { body(candidate) }
      }
    }
    guard let element = element(of: operand) else { return }
    switch element.kind {
    case .array: for item in element.items { body(item) }
    case .object: body(element)
    case .string, .number, .boolean, .null: break
    }
  }

  private func size(of operand: HookOperand) -> Int {
    if let text = element(of: operand)?.text {
      return String(decoding: text, as: UTF8.self).utf16.count
    }
    var count = 0
    forEachItem(of: operand) { _ in count += 1 }
    return count
  }

  private func contains(_ whole: HookOperand, _ wanted: Outcome) -> Bool {
    if let text = element(of: whole)?.text {
      guard case .text(let part) = wanted else { return false }
      return FoldedText.find(part, in: text)
    }
    var found = false
    forEachItem(of: whole) { item in found = found || areEqual(outcome(item), wanted) }
    return found
  }
}
