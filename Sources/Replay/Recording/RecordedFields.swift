internal import EventStore
internal import Flows
internal import Values

/// The members of a recorded event's data, read by name.
struct RecordedFields {
  /// A member is missing or is of another kind.
  struct Malformed: Error {
    let reason: String
  }

  private let members: Object

  init(_ value: Value) throws(Malformed) {
    guard case .object(let members) = value else { throw Malformed(reason: "it is no object") }
    self.members = members
  }

  init(data: [UInt8]) throws(Malformed) {
    let value: Value
    do {
      value = try JSON.parse(data, maximumDepth: 2 * JSON.defaultMaximumDepth + 8)
    } catch {
      throw Malformed(reason: "it is no JSON")
    }
    try self.init(value)
  }

  subscript(key: Text) -> Value? { members[key] }

  func text(_ key: Text) throws(Malformed) -> Text {
    guard let text = optionalText(key) else { throw Malformed(reason: "no text \"\(key)\"") }
    return text
  }

  func optionalText(_ key: Text) -> Text? {
    if case .text(let text)? = members[key] { text } else { nil }
  }

  func integer(_ key: Text) throws(Malformed) -> Int {
    guard let integer = optionalInteger(key) else {
      throw Malformed(reason: "no integer \"\(key)\"")
    }
    return integer
  }

  func optionalInteger(_ key: Text) -> Int? {
    guard case .number(let number)? = members[key] else { return nil }
    return Int(exactly: number)
  }

  func optionalPosition(_ key: Text) -> Position? {
    optionalInteger(key).flatMap { $0 < 0 ? nil : Position(UInt64($0)) }
  }

  func fields(_ key: Text) throws(Malformed) -> RecordedFields? {
    guard let value = members[key] else { return nil }
    return try RecordedFields(value)
  }

  func list(_ key: Text) -> [Value] {
    if case .list(let items)? = members[key] { items } else { [] }
  }

  func texts(_ key: Text) -> [Text] {
    list(key).compactMap { if case .text(let text) = $0 { text } else { nil } }
  }

  /// A text that stands for a case.
  func named<Case: RawRepresentable>(_ key: Text, _: Case.Type) throws(Malformed) -> Case
  where Case.RawValue == String {
    guard let name = optionalText(key), let found = Case(rawValue: name.description) else {
      throw Malformed(reason: "\"\(key)\" has no known value")
    }
    return found
  }
}
