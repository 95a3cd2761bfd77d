/// Where in an event a filter looks: names and indices, as in `target.0.displayName`.
///
/// An array on the way stands for every one of its items, unless an index picks one.
public struct FilterPath: Hashable, Sendable {
  /// One step of a path.
  public struct Step: Hashable, Sendable {
    /// The member to enter; case and underscores are ignored.
    public let name: JSONName
    /// The item to enter when the step stands before an array and is a number.
    public let index: Int?

    /// Creates a step from its spelling.
    public init(_ spelling: some Collection<UInt8>) {
      name = JSONName(spelling)
      let isIndex = !spelling.isEmpty && spelling.count <= 9 && spelling.allSatisfy(\.isDigit)
      index = isIndex ? spelling.reduce(0) { $0 * 10 + Int($1 - 0x30) } : nil
    }
  }

  /// The steps; never none.
  public let steps: [Step]

  /// Creates a path from its spelling, or nil when a step is empty.
  public init?(_ spelling: String) {
    let parts = spelling.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard !parts.contains(where: \.isEmpty) else { return nil }
    steps = parts.map { Step($0) }
  }
}

extension FilterPath {
  /// The steps in small letters, without underscores, joined by dots.
  var looseSpelling: String {
    let parts = steps.map { String(decoding: $0.name.looseSpelling, as: UTF8.self) }
    return parts.joined(separator: ".")
  }

  /// The indexed field at this path; nil when there is none or an index picks an item.
  public var indexedField: IndexedField? {
    guard steps.allSatisfy({ $0.index == nil }) else { return nil }
    return FilterPath.indexedFields[looseSpelling]
  }

  private static let indexedFields: [String: IndexedField] = {
    var fields: [String: IndexedField] = [:]
    for field in IndexedField.allCases {
      if let path = FilterPath(field.path) { fields[path.looseSpelling] = field }
    }
    return fields
  }()
}

extension FilterPath: CustomStringConvertible {
  /// The path as it was written.
  public var description: String {
    steps.map { String(decoding: $0.name.spelling, as: UTF8.self) }.joined(separator: ".")
  }
}
