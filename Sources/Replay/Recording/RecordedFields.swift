internal import EventStore
internal import Flows
internal import Values

/// The members of a recorded event's data, read by name.
struct RecordedFields: RecordedMembers {
  /// A member is missing or is of another kind.
  struct Malformed: Error {
    let reason: String
  }

  /// How deep an event's data may be: a value of the greatest depth, each of its own under a tag.
  static let maximumDepth = 2 * JSON.defaultMaximumDepth + 8

  private let members: Object

  init(_ value: Value) throws(Malformed) {
    guard case .object(let members) = value else { throw Malformed(reason: "it is no object") }
    self.members = members
  }

  init(data: [UInt8]) throws(Malformed) {
    let value: Value
    do {
      value = try JSON.parse(data, maximumDepth: Self.maximumDepth)
    } catch {
      throw Malformed(reason: "it is no JSON")
    }
    try self.init(value)
  }

  subscript(key: StaticString) -> Value? { members.value(named: key) }
}

/// Members of an event's data as whoever decodes them asks for them.
protocol RecordedMembers {
  /// The value of a member, nil where there is none that reads.
  subscript(key: StaticString) -> Value? { get }
}

extension RecordedMembers {
  typealias Malformed = RecordedFields.Malformed

  func text(_ key: StaticString) throws(Malformed) -> Text {
    guard let text = optionalText(key) else { throw Malformed(reason: "no text \"\(key)\"") }
    return text
  }

  func optionalText(_ key: StaticString) -> Text? {
    if case .text(let text)? = self[key] { text } else { nil }
  }

  func integer(_ key: StaticString) throws(Malformed) -> Int {
    guard let integer = optionalInteger(key) else {
      throw Malformed(reason: "no integer \"\(key)\"")
    }
    return integer
  }

  func optionalInteger(_ key: StaticString) -> Int? {
    guard case .number(let number)? = self[key] else { return nil }
    return Int(exactly: number)
  }

  func optionalPosition(_ key: StaticString) -> Position? {
    optionalInteger(key).flatMap { $0 < 0 ? nil : Position(UInt64($0)) }
  }

  func fields(_ key: StaticString) throws(Malformed) -> RecordedFields? {
    guard let value = self[key] else { return nil }
    return try RecordedFields(value)
  }

  func list(_ key: StaticString) -> [Value] {
    if case .list(let items)? = self[key] { items } else { [] }
  }

  func texts(_ key: StaticString) -> [Text] {
    list(key).compactMap { if case .text(let text) = $0 { text } else { nil } }
  }

  /// A text that stands for a case.
  func named<Case: RawRepresentable>(_ key: StaticString, _: Case.Type) throws(Malformed) -> Case
  where Case.RawValue == String {
    guard let name = optionalText(key), let found = Case(rawValue: name.description) else {
      throw Malformed(reason: "\"\(key)\" has no known value")
    }
    return found
  }
}
