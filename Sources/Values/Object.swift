/// Members in order of insertion, found by key.
///
/// Objects compare and hash by their members whatever their order, as JavaScript programs compare
/// them; `keys` and iteration follow the order of insertion.
public struct Object: Sendable {
  private typealias Entry = (key: Text, value: Value)

  /// The members; one reference either way, for objects are copied wherever values go.
  private enum Content: Sendable {
    /// So few that a scan finds a key soonest.
    case few([Entry])
    /// More, with their positions by key.
    indirect case many([Entry], index: [Text: Int])
  }

  private var content: Content

  private static let scanLimit = 12

  /// Makes an object without members.
  public init() {
    content = .few([])
  }

  private init(distinct entries: [Entry]) {
    content = Self.content(of: entries)
  }

  /// Makes an object of `members`; a repeated key keeps its first place and its last value.
  public init(_ members: some Sequence<(Text, Value)>) {
    self.init()
    for (key, value) in members { self[key] = value }
  }

  /// Makes an object of keys that are known to differ, and a value for each.
  ///
  /// - Precondition: No key is there twice, and there are as many values as keys.
  public init(distinctKeys keys: [Text], values: [Value]) {
    precondition(keys.count == values.count, "An object needs a value for every key.")
    var entries: [Entry] = []
    entries.reserveCapacity(keys.count)
    for place in keys.indices { entries.append((keys[place], values[place])) }
    self.init(distinct: entries)
  }

  private static func content(of entries: [Entry]) -> Content {
    guard entries.count > scanLimit else { return .few(entries) }
    let index = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1.key, $0) })
    return .many(entries, index: index)
  }

  private var entries: [Entry] {
    switch content {
    case .few(let entries), .many(let entries, _): entries
    }
  }
}

extension Object {
  /// How many members there are.
  public var count: Int { entries.count }

  /// Whether there are no members.
  public var isEmpty: Bool { entries.isEmpty }

  /// Hands the members to `body` in the order of their keys' units.
  ///
  /// - Complexity: O(*n* log *n*) in their number; few members are not copied.
  func forEachByKey(_ body: (Text, Value) -> Void) {
    let entries = entries
    guard entries.count <= Self.scanLimit else {
      for (key, value) in entries.sorted(by: { $0.key < $1.key }) { body(key, value) }
      return
    }
    var last: Int?
    for _ in entries.indices {
      var next: Int?
      for place in entries.indices {
        if let last, !(entries[last].key < entries[place].key) { continue }
        if let next, !(entries[place].key < entries[next].key) { continue }
        next = place
      }
      guard let next else { return }
      body(entries[next].key, entries[next].value)
      last = next
    }
  }

  /// Hands the members to `body` in order of insertion; nothing is copied.
  public func forEachMember(_ body: (Text, Value) throws -> Void) rethrows {
    switch content {
    case .few(let entries), .many(let entries, _):
      let members = entries.span
      for place in members.indices { try body(members[place].key, members[place].value) }
    }
  }

  /// The keys in order of insertion.
  public var keys: [Text] { entries.map(\.key) }

  /// The value of `key`, or nil where there is no such member; setting nil removes the member.
  ///
  /// - Complexity: O(1) on average; removing is O(*n*).
  public subscript(key: Text) -> Value? {
    get {
      switch content {
      case .few(let entries):
        for place in entries.indices where entries[place].key == key { return entries[place].value }
        return nil
      case .many(let entries, let index):
        return index[key].map { entries[$0].value }
      }
    }
    set {
      let position = position(of: key)
      guard let value = newValue else {
        if let position { remove(at: position) }
        return
      }
      var (entries, index) = takeContent()
      if let position {
        entries[position].value = value
      } else {
        index?[key] = entries.count
        entries.append((key, value))
      }
      if let index {
        content = .many(entries, index: index)
      } else {
        content = entries.count > Self.scanLimit ? Self.content(of: entries) : .few(entries)
      }
    }
  }

  /// The value of a name that is ASCII, or nil where there is no such member.
  ///
  /// - Complexity: O(1) on average; no key is made where there are few members.
  public func value(named name: StaticString) -> Value? {
    guard case .few(let entries) = content else { return self[Text(name.description)] }
    for place in entries.indices where entries[place].key.isWritten(name) {
      return entries[place].value
    }
    return nil
  }

  /// Takes the members out, so that they have no other owner while they change.
  ///
  /// A switch over the content would be one until it ends, and every change would copy them all.
  private mutating func takeContent() -> (entries: [Entry], index: [Text: Int]?) {
    defer { content = .few([]) }
    switch content {
    case .few(let entries): return (entries, nil)
    case .many(let entries, let index): return (entries, index)
    }
  }

  /// The values of keys, null where there is no such member.
  ///
  /// - Complexity: O(*n*) in the number of keys, soonest where the members stand in their order.
  public func values(of keys: [Text]) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(keys.count)
    guard case .few(let entries) = content else {
      for key in keys { values.append(self[key] ?? .null) }
      return values
    }
    for place in keys.indices {
      if place < entries.count, entries[place].key == keys[place] {
        values.append(entries[place].value)
      } else if let found = entries.firstIndex(where: { $0.key == keys[place] }) {
        values.append(entries[found].value)
      } else {
        values.append(.null)
      }
    }
    return values
  }

  private func position(of key: Text) -> Int? {
    switch content {
    case .few(let entries): entries.firstIndex { $0.key == key }
    case .many(_, let index): index[key]
    }
  }

  private mutating func remove(at position: Int) {
    var entries = entries
    entries.remove(at: position)
    content = Self.content(of: entries)
  }
}

extension Object {
  /// Whether any member holds anything unknown, however deep.
  ///
  /// - Complexity: O(*n*) in the size of the members; nothing is copied.
  public var holdsUnknown: Bool {
    switch content {
    case .few(let entries), .many(let entries, _):
      let members = entries.span
      for place in members.indices where members[place].value.holdsUnknown { return true }
      return false
    }
  }
}

extension Object: RandomAccessCollection {
  /// Walks through the members in order of insertion.
  public func makeIterator() -> IndexingIterator<[(key: Text, value: Value)]> {
    entries.makeIterator()
  }

  /// The place of the first member.
  public var startIndex: Int { 0 }
  /// The place after the last member.
  public var endIndex: Int { entries.count }
  /// The member at a place in order of insertion.
  public subscript(position: Int) -> (key: Text, value: Value) { entries[position] }
}

extension Object: Hashable {
  /// Whether both have equal values under the same keys.
  public static func == (left: Object, right: Object) -> Bool {
    guard left.count == right.count else { return false }
    let (lefts, rights) = (left.entries, right.entries)
    for place in lefts.indices {
      // Mostly both have one order, and no key need be looked for.
      if lefts[place].key == rights[place].key {
        guard lefts[place].value == rights[place].value else { return false }
      } else {
        guard right[lefts[place].key] == lefts[place].value else { return false }
      }
    }
    return true
  }

  /// Feeds a hash that does not depend on the order of the members.
  public func hash(into hasher: inout Hasher) {
    var combined = 0
    for (key, value) in self {
      var member = Hasher()
      member.combine(key)
      member.combine(value)
      combined ^= member.finalize()
    }
    hasher.combine(combined)
  }
}

extension Object: ExpressibleByDictionaryLiteral {
  /// Makes an object with the keys in the order written.
  public init(dictionaryLiteral elements: (Text, Value)...) {
    self.init(elements)
  }
}

extension Object: CustomStringConvertible {
  /// The members as JSON, in order of insertion.
  public var description: String { JSON.text(.object(self)).description }
}
