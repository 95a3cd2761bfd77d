/// Members in order of insertion, found by key.
///
/// Objects compare and hash by their members whatever their order, as JavaScript programs compare
/// them; `keys` and iteration follow the order of insertion.
public struct Object: Sendable {
  private var entries: [(key: Text, value: Value)]
  /// Positions by key; kept only where a scan would be slower.
  private var index: [Text: Int]?

  private static let scanLimit = 12

  /// Makes an object without members.
  public init() {
    entries = []
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
    entries = []
    entries.reserveCapacity(keys.count)
    for place in keys.indices { entries.append((keys[place], values[place])) }
    reindex()
  }
}

extension Object {
  /// How many members there are.
  public var count: Int { entries.count }

  /// Whether there are no members.
  public var isEmpty: Bool { entries.isEmpty }

  /// The keys in order of insertion.
  public var keys: [Text] { entries.map(\.key) }

  /// The value of `key`, or nil where there is no such member; setting nil removes the member.
  ///
  /// - Complexity: O(1) on average; removing is O(*n*).
  public subscript(key: Text) -> Value? {
    get {
      guard let position = position(of: key) else { return nil }
      return entries[position].value
    }
    set {
      switch (position(of: key), newValue) {
      case (let position?, let value?):
        entries[position].value = value
      case (let position?, nil):
        entries.remove(at: position)
        reindex()
      case (nil, let value?):
        append(key, value)
      case (nil, nil):
        break
      }
    }
  }

  private func position(of key: Text) -> Int? {
    if let index { return index[key] }
    return entries.firstIndex { $0.key == key }
  }

  private mutating func append(_ key: Text, _ value: Value) {
    entries.append((key, value))
    if index != nil {
      index?[key] = entries.count - 1
    } else if entries.count > Self.scanLimit {
      reindex()
    }
  }

  private mutating func reindex() {
    guard entries.count > Self.scanLimit else {
      index = nil
      return
    }
    index = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1.key, $0) })
  }
}

extension Object {
  /// Whether any member holds anything unknown, however deep.
  var holdsUnknown: Bool {
    let members = entries.span
    for place in members.indices where members[place].value.holdsUnknown { return true }
    return false
  }
}

extension Object: RandomAccessCollection {
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
    for place in left.entries.indices {
      // Mostly both have one order, and no key need be looked for.
      if left.entries[place].key == right.entries[place].key {
        guard left.entries[place].value == right.entries[place].value else { return false }
      } else {
        guard right[left.entries[place].key] == left.entries[place].value else { return false }
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
