internal import CSimdJSON

/// A System Log filter made ready to be asked about many events.
///
/// Texts compare without regard to case (see `CaseFolding`), numbers by value, Booleans as text.
/// Where a field has several values, one that fits is enough; `ne` holds when none is equal. An
/// event without the field meets `ne` and `eq null`, and no other comparison.
public struct Filter: Sendable {
  /// The filter as it was written.
  public let expression: FilterExpression
  private let root: Node

  /// Reads a filter.
  ///
  /// - Throws: `FilterError`, with the place and a remedy.
  public init(_ filter: String) throws(FilterError) {
    self.init(try FilterParser.parse(filter))
  }

  /// Makes an expression ready.
  public init(_ expression: FilterExpression) {
    self.expression = expression
    root = Node(expression)
  }

  /// Whether an event meets the filter.
  ///
  /// - Complexity: O(members of the objects on the way), for each comparison that is reached.
  public func matches(_ event: JSONElement) -> Bool { root.matches(event) }
}

extension Filter {
  /// A part of a filter.
  private indirect enum Node: Sendable {
    /// Some value at the path meets one of the tests.
    case some(Walk, [FilterTest])
    /// There is a value at the path.
    case present(Walk)
    case not(Node)
    case and([Node])
    case or([Node])
    case never

    init(_ expression: FilterExpression) {
      switch expression {
      case .comparison(let path, let comparison, let literal):
        self = Node(path, comparison, literal)
      case .oneOf(let path, let literals):
        let tests = literals.compactMap { FilterTest(.equal, $0) }
        let some = tests.isEmpty ? Node.never : .some(Walk(path), tests)
        let absent = Node.not(.present(Walk(path)))
        self = literals.contains(.null) ? .or([some, absent]) : some
      case .present(let path): self = .present(Walk(path))
      case .not(let operand): self = .not(Node(operand))
      case .and(let operands): self = .and(operands.map(Node.init))
      case .or(let operands): self = .or(operands.map(Node.init))
      }
    }

    private init(_ path: FilterPath, _ comparison: FilterOperator, _ literal: FilterLiteral) {
      let walk = Walk(path)
      if let test = FilterTest(comparison, literal) {
        self = comparison == .notEqual ? .not(.some(walk, [test])) : .some(walk, [test])
      } else {
        switch comparison {
        case .equal: self = .not(.present(walk))
        case .notEqual: self = .present(walk)
        default: self = .never
        }
      }
    }

    func matches(_ event: JSONElement) -> Bool {
      switch self {
      case .some(let walk, let tests):
        walk.anyValue(of: event) { value in tests.contains { $0.accepts(value) } }
      case .present(let walk): walk.anyValue(of: event, where: \.hasContent)
      case .not(let node): !node.matches(event)
      case .and(let nodes): nodes.allSatisfy { $0.matches(event) }
      case .or(let nodes): nodes.contains { $0.matches(event) }
      case .never: false
      }
    }
  }
}

/// A path made ready: names at addresses that do not move, so that no step counts a reference.
private struct Walk {
  private struct Step {
    let name: csj_name
    let index: Int
  }

  /// Owns what the steps point to.
  private let path: FilterPath
  private let steps: [Step]

  init(_ path: FilterPath) {
    // Of members that are spelt differently, the index and the filter must take the same one.
    let path = path.indexedField.flatMap { FilterPath($0.path) } ?? path
    self.path = path
    steps = path.steps.map { Step(name: $0.name.raw, index: $0.index ?? -1) }
  }

  /// Whether a value the path leads to fits.
  func anyValue(of event: JSONElement, where fits: (JSONElement) -> Bool) -> Bool {
    steps.withUnsafeBufferPointer { Walk.any(event, $0, 0, fits) }
  }

  private static func any(
    _ element: JSONElement,
    _ steps: UnsafeBufferPointer<Step>,
    _ position: Int,
    _ fits: (JSONElement) -> Bool
  ) -> Bool {
    guard position < steps.count else { return fits(element) }
    let step = steps[position]
    switch element.kind {
    case .object:
      let index = csj_find(element.raw, step.name)
      guard index != 0 else { return false }
      return any(JSONElement(csj_at(element.raw, index)), steps, position + 1, fits)
    case .array:
      if step.index >= 0 {
        guard let item = element[item: step.index] else { return false }
        return any(item, steps, position + 1, fits)
      }
      return element.items.contains { any($0, steps, position, fits) }
    default: return false
    }
  }
}

// The names are only read, and `path` keeps them alive.
extension Walk: @unchecked Sendable {}

extension JSONElement {
  /// Whether there is anything in the value: `null`, an empty text and an empty container do not
  /// count as present, nor does an array of nothing else.
  fileprivate var hasContent: Bool {
    switch kind {
    case .null: false
    case .string: text?.isEmpty == false
    case .object: count > 0
    case .array: items.contains(where: \.hasContent)
    case .number, .boolean: true
    }
  }
}
