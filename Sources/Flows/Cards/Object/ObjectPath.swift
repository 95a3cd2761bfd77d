public import Values

/// A path into a value: keys of objects and indices of lists.
///
/// Written with dots, such as `target.0.id`. There are no brackets, quotes or escapes: a key that
/// holds a dot is found by the whole path first, and by its parts only then.
public struct ObjectPath: Hashable, Sendable {
  /// The whole path as one key; nil where the steps were given apart.
  private let literal: Text?
  /// The steps.
  public let steps: [Text]

  /// Reads a dotted path.
  public init(_ path: Text) {
    steps = path.bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      .map { Text(wtf8: Array($0)) }
    literal = steps.count > 1 ? path : nil
  }

  /// Makes a path of steps that are keys as they stand.
  public init(steps: [Text]) {
    self.steps = steps
    literal = nil
  }

  /// Reads a dotted path, or takes a list of texts as its steps.
  init(_ value: Value) {
    if case .list(let items) = value {
      self.init(steps: items.map { Coercion.text(of: $0) ?? .empty })
    } else {
      self.init(Coercion.text(of: value) ?? .empty)
    }
  }

  /// Whether the path is blank, which list cards take for the item itself.
  var isBlank: Bool { steps == [.empty] || steps.isEmpty }

  /// The most steps that a written path may have; deeper values could not be read back.
  public static let maximumDepth = 256
  /// The highest index that a written path may have.
  public static let maximumIndex = 9_999
}

// MARK: - Reading

extension ObjectPath {
  /// The value at the path, null where a step is missing; within an unknown it is that unknown.
  ///
  /// - Complexity: O(*n*) in the number of steps.
  public func read(_ value: Value) -> Value {
    find(in: value) ?? .null
  }

  /// The value at the path, nil where a step is missing; within an unknown it is that unknown.
  func find(in value: Value) -> Value? {
    if let literal, case .object(let object) = value, let found = object[literal] { return found }
    var value = value
    for step in steps {
      switch value {
      case .object(let object):
        guard let member = object[step] else { return nil }
        value = member
      case .list(let items):
        guard let index = Self.index(step), items.indices.contains(index) else { return nil }
        value = items[index]
      case .unknown: return value
      case .null, .boolean, .number, .text, .date, .file: return nil
      }
    }
    return value
  }

  /// The value at the path of a list's item; a blank path is the item itself.
  func read(item: Value) -> Value {
    isBlank ? item : read(item)
  }

  /// A step as an index of a list, or nil where it is no plain number.
  private static func index(_ step: Text) -> Int? {
    guard (1...9).contains(step.bytes.count), step.bytes.count == 1 || step.bytes[0] != 0x30 else {
      return nil
    }
    var index = 0
    for byte in step.bytes {
      guard let digit = byte.digit else { return nil }
      index = index * 10 + digit
    }
    return index
  }
}

// MARK: - Writing

extension ObjectPath {
  /// Writes a value at the path, making objects and lists on the way.
  ///
  /// A step that is a number makes a list where nothing is yet, filled with null up to the index.
  /// A value in the way that cannot hold the next step is replaced.
  ///
  /// - Throws: `CardError` for a path of too many steps or too high an index.
  /// - Complexity: O(*n*) in the steps and the members of the objects and lists passed.
  func write(_ value: Value, to object: inout Object) throws(CardError) {
    guard steps.count <= Self.maximumDepth else {
      throw CardError.invalidInput("A path has more than \(Self.maximumDepth) steps.")
    }
    guard let first = steps.first else { return }
    if steps.count == 1 {
      object[first] = value
    } else {
      // The member leaves the object while it is changed, so that nothing is copied; its place in
      // the order stays.
      var member = object[first] ?? .null
      object[first] = .null
      try Self.write(value, steps.dropFirst(), into: &member)
      object[first] = member
    }
  }

  private static func write(
    _ value: Value,
    _ steps: ArraySlice<Text>,
    into place: inout Value
  ) throws(CardError) {
    guard let step = steps.first else {
      place = value
      return
    }
    switch place {
    case .object(var object):
      place = .null
      try write(value, steps, into: &object, step)
      place = .object(object)
    case .list(var items):
      guard let index = index(step) else { fallthrough }
      place = .null
      try write(value, steps, into: &items, index)
      place = .list(items)
    default:
      place = index(step) == nil ? .object(Object()) : .list([])
      try write(value, steps, into: &place)
    }
  }

  private static func write(
    _ value: Value,
    _ steps: ArraySlice<Text>,
    into object: inout Object,
    _ key: Text
  ) throws(CardError) {
    var member = object[key] ?? .null
    object[key] = .null
    try write(value, steps.dropFirst(), into: &member)
    object[key] = member
  }

  private static func write(
    _ value: Value,
    _ steps: ArraySlice<Text>,
    into items: inout [Value],
    _ index: Int
  ) throws(CardError) {
    guard index <= maximumIndex else {
      throw CardError.invalidInput("A path names the index \(index), above \(maximumIndex).")
    }
    while items.count <= index { items.append(.null) }
    var item = items[index]
    items[index] = .null
    try write(value, steps.dropFirst(), into: &item)
    items[index] = item
  }
}
