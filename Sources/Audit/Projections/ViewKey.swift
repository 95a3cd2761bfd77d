internal import Crypto
internal import EventStore
internal import Values

/// The keys of views: a letter for the kind of row, then ids and positions that sort as they should.
enum ViewKey {
  /// A longer id stands as its SHA-256, since keys have a largest size.
  private static let longestID = 120

  static func id(_ letter: Unicode.Scalar, _ id: Text) -> [UInt8] {
    [UInt8(ascii: letter)] + part(id.bytes)
  }

  static func id(_ letter: Unicode.Scalar, _ id: Text, _ inner: [UInt8]) -> [UInt8] {
    self.id(letter, id) + [0] + inner
  }

  /// A key of 17 bytes: the letter and the first half of the SHA-256 of the id.
  static func hashed(_ letter: Unicode.Scalar, _ id: Text) -> [UInt8] {
    hashed(letter, id.bytes)
  }

  /// The like of two ids, the first of which has no NUL.
  static func hashed(_ letter: Unicode.Scalar, _ first: Text, _ second: Text) -> [UInt8] {
    hashed(letter, first.bytes + [0] + second.bytes)
  }

  private static func hashed(_ letter: Unicode.Scalar, _ bytes: [UInt8]) -> [UInt8] {
    [UInt8(ascii: letter)] + SHA256.hash(data: bytes).prefix(16)
  }

  static func position(_ letter: Unicode.Scalar, _ position: Position) -> [UInt8] {
    [UInt8(ascii: letter)] + bytes(position)
  }

  static func bytes(_ position: Position) -> [UInt8] {
    (0..<8).reversed().map { UInt8(truncatingIfNeeded: position.rawValue >> ($0 * 8)) }
  }

  /// The position that the last eight bytes of a key stand for.
  static func position(endOf key: [UInt8]) -> Position {
    Position(key.suffix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
  }

  static func part(_ id: [UInt8]) -> [UInt8] {
    id.count <= longestID && !id.contains(0) ? id : Array(SHA256.hash(data: id))
  }
}

extension ViewWriter {
  /// A row that holds an object.
  func object(_ key: [UInt8]) throws -> Object? {
    try value(key).flatMap(ViewRow.object)
  }

  func put(_ key: [UInt8], _ object: Object) {
    put(key, JSON.serialize(.object(object)))
  }
}

/// Rows of views that hold an object as JSON.
enum ViewRow {
  static func object(_ bytes: [UInt8]) -> Object? {
    guard let value = try? JSON.parse(bytes), case .object(let object) = value else { return nil }
    return object
  }
}

extension Object {
  /// The text of a member, nil where there is none.
  func textAt(_ key: Text) -> Text? {
    if case .text(let text)? = self[key] { text } else { nil }
  }

  /// The whole number of a member, nil where there is none.
  func integer(_ key: Text) -> Int64? {
    if case .number(let number)? = self[key] { Int64(exactly: number) } else { nil }
  }

  /// The position of a member, nil where there is none.
  func position(_ key: Text) -> Position? {
    integer(key).flatMap { $0 < 0 ? nil : Position(UInt64($0)) }
  }

  func object(_ key: Text) -> Object? {
    if case .object(let object)? = self[key] { object } else { nil }
  }

  func list(_ key: Text) -> [Value] {
    if case .list(let items)? = self[key] { items } else { [] }
  }

  func texts(_ key: Text) -> [Text] {
    list(key).compactMap { if case .text(let text) = $0 { text } else { nil } }
  }
}

extension Value {
  /// A position or time as a member of a row.
  static func whole(_ number: some BinaryInteger) -> Value { .number(Double(number)) }

  /// A position that stands in a row, nil for anything else.
  var position: Position? {
    guard case .number(let number) = self else { return nil }
    return UInt64(exactly: number).map(Position.init)
  }
}
