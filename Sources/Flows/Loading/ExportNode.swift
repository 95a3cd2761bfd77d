internal import Values

/// A value in an export together with its place, so that every complaint can name it.
struct ExportNode {
  let value: Value
  let place: ExportPlace

  /// A complaint about this value.
  func error(_ problem: FlowLoadProblem) -> FlowLoadError {
    FlowLoadError(source: place.source, place: place.description, problem: problem)
  }

  private func wrongType(_ expected: String) -> FlowLoadError {
    error(.wrongType(expected: expected, found: value.jsonKind))
  }
}

extension ExportNode {
  /// The object that the value has to be.
  func object() throws(FlowLoadError) -> Object {
    guard case .object(let object) = value else { throw wrongType("an object") }
    return object
  }

  /// The text that the value has to be.
  func text() throws(FlowLoadError) -> Text {
    guard case .text(let text) = value else { throw wrongType("a text") }
    return text
  }

  /// The boolean that the value has to be.
  func boolean() throws(FlowLoadError) -> Bool {
    guard case .boolean(let boolean) = value else { throw wrongType("true or false") }
    return boolean
  }

  /// The items of the list that the value has to be.
  func items() throws(FlowLoadError) -> [ExportNode] {
    guard case .list(let items) = value else { throw wrongType("a list") }
    return items.enumerated().map { index, item in
      ExportNode(value: item, place: ExportPlace(parent: place, step: .index(index)))
    }
  }

  /// The members of the object that the value has to be.
  func members() throws(FlowLoadError) -> [(key: Text, node: ExportNode)] {
    try object().map { key, value in
      (key, ExportNode(value: value, place: ExportPlace(parent: place, step: .key(key))))
    }
  }

  /// The member that the object has to have.
  func member(_ key: Text) throws(FlowLoadError) -> ExportNode {
    guard let node = try optionalMember(key) else { throw error(.missingKey(key)) }
    return node
  }

  /// The member, or nil where the object lacks it or it is null.
  func optionalMember(_ key: Text) throws(FlowLoadError) -> ExportNode? {
    guard let value = try object()[key], !value.isNull else { return nil }
    return ExportNode(value: value, place: ExportPlace(parent: place, step: .key(key)))
  }

  /// The text under a key, or nil where the object lacks it or it is no text.
  func optionalText(_ key: Text) throws(FlowLoadError) -> Text? {
    guard case .text(let text)? = try object()[key] else { return nil }
    return text
  }

  /// The number under a key, or nil where the object lacks it or it is no number.
  func optionalNumber(_ key: Text) throws(FlowLoadError) -> Double? {
    guard case .number(let number)? = try object()[key] else { return nil }
    return number
  }

  /// Whether the member is the boolean true.
  func isTrue(_ key: Text) throws(FlowLoadError) -> Bool {
    try object()[key] == .boolean(true)
  }
}

/// A place in an export, rendered only when a complaint needs it.
final class ExportPlace: Sendable {
  enum Step: Sendable {
    case key(Text)
    case index(Int)
  }

  let source: String
  private let parent: ExportPlace?
  private let step: Step?

  /// The whole file.
  init(source: String) {
    self.source = source
    parent = nil
    step = nil
  }

  init(parent: ExportPlace, step: Step) {
    source = parent.source
    self.parent = parent
    self.step = step
  }
}

extension ExportPlace: CustomStringConvertible {
  var description: String {
    var steps: [Step] = []
    var current: ExportPlace? = self
    while let place = current {
      if let step = place.step { steps.append(step) }
      current = place.parent
    }
    var text = ""
    for step in steps.reversed() {
      switch step {
      case .key(let key): text += text.isEmpty ? key.description : ".\(key)"
      case .index(let index): text += "[\(index)]"
      }
    }
    return text
  }
}

extension Value {
  /// What kind of value this is, for complaints.
  var jsonKind: String {
    switch self {
    case .null: "null"
    case .boolean: "true or false"
    case .number: "a number"
    case .text: "a text"
    case .date: "a date"
    case .list: "a list"
    case .object: "an object"
    case .file: "a file"
    case .unknown: "an unknown value"
    }
  }
}
