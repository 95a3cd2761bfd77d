internal import Values

/// A path into an item, such as `target.0.id`.
///
/// The whole text is tried as a key first; then dots separate steps, and a step of digits counts
/// into a list.
struct DottedPath: Hashable, Sendable {
  let text: Text
  private let steps: [Text]

  init(_ text: Text) {
    self.text = text
    steps = text.bytes
      .split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      .map { Text(wtf8: Array($0)) }
  }

  /// What the path leads to, null where it leads nowhere; the item itself if the path is empty.
  func read(_ item: Value) -> Value {
    if text.isEmpty || item.isUnknown { return item }
    if case .object(let object) = item, let value = object[text] { return value }
    guard steps.count > 1 || item.isList else { return .null }
    var current = item
    for step in steps {
      switch current {
      case .object(let object): current = object[step] ?? .null
      case .list(let items):
        guard let index = Int(step.description), items.indices.contains(index) else {
          return .null
        }
        current = items[index]
      case .unknown: return current
      case .null, .boolean, .number, .text, .date, .file: return .null
      }
    }
    return current
  }
}

extension Value {
  fileprivate var isList: Bool {
    if case .list = self { true } else { false }
  }
}
