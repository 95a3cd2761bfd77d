internal import Values

/// What a flow reads from a value: the members, the items, the types it takes them for and what it
/// compares them with.
struct Demand: Sendable {
  /// A step from a value to a part of it.
  enum Step: Hashable, Sendable {
    case key(Text)
    /// Any item of a list.
    case item
    /// What the JSON in a text says.
    case parsed
  }

  /// A comparison with a constant.
  struct Comparison: Hashable, Sendable {
    let name: Text
    let operand: Value
  }

  private(set) var members: [(key: Text, demand: Demand)] = []
  /// None or one.
  private(set) var items: [Demand] = []
  /// None or one.
  private(set) var parsed: [Demand] = []
  private(set) var types: [DeclaredType] = []
  private(set) var comparisons: [Comparison] = []
  private(set) var separators: [Text] = []
  private(set) var minimumCount = 0
  /// Whether the text that is parsed is XML rather than JSON.
  private(set) var isXML = false

  var isEmpty: Bool {
    members.isEmpty && items.isEmpty && parsed.isEmpty && types.isEmpty && comparisons.isEmpty
  }

  var item: Demand { items.first ?? Demand() }

  func member(_ key: Text) -> Demand {
    members.first { $0.key == key }?.demand ?? Demand()
  }
}

extension Demand {
  /// Notes something about the part that a path leads to.
  mutating func note(at path: some Collection<Step>, _ change: (inout Demand) -> Void) {
    guard let step = path.first else {
      change(&self)
      return
    }
    let rest = path.dropFirst()
    switch step {
    case .key(let key):
      if let place = members.firstIndex(where: { $0.key == key }) {
        members[place].demand.note(at: rest, change)
      } else {
        var member = Demand()
        member.note(at: rest, change)
        members.append((key, member))
      }
    case .item:
      if items.isEmpty { items.append(Demand()) }
      items[0].note(at: rest, change)
    case .parsed:
      if parsed.isEmpty { parsed.append(Demand()) }
      parsed[0].note(at: rest, change)
    }
  }

  mutating func add(type: DeclaredType) {
    if !types.contains(type) { types.append(type) }
  }

  mutating func add(comparison name: Text, operand: Value) {
    let comparison = Comparison(name: name, operand: operand)
    if !comparisons.contains(comparison) { comparisons.append(comparison) }
  }

  mutating func add(separator: Text) {
    if !separators.contains(separator) { separators.append(separator) }
  }

  mutating func takeAsXML() { isXML = true }

  mutating func need(count: Int) {
    minimumCount = max(minimumCount, min(count, 5))
  }
}
