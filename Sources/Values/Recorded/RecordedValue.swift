/// The form in which recordings keep values: JSON from which every kind reads back.
///
/// JSON's own kinds stand as they are. An object whose only key begins with `$` is a tag:
///
/// | tag | value |
/// |---|---|
/// | `{"$date":"2026-01-31T08:00:00.000Z"}` | a date |
/// | `{"$file":{"name":…,"type":…,"content":…}}` | a file, its bytes in base64 |
/// | `{"$unknown":[3,7]}` | an unknown that waits for these requests |
/// | `{"$number":"Infinity"}` | `Infinity`, `-Infinity`, `NaN` or `-0` |
/// | `{"$object":{"$date":1}}` | an object that looks like a tag |
public enum RecordedValue {
  /// How deep recorded JSON may be nested: a tag adds two levels at most to each of the value's.
  private static let maximumDepth = 2 * JSON.defaultMaximumDepth + 2

  /// The value in JSON that `decode(_:)` reads back.
  ///
  /// - Complexity: O(length of the result).
  public static func encode(_ value: Value) -> [UInt8] {
    var writer = JSONWriter(form: .recorded)
    writer.append(value)
    return writer.bytes
  }

  /// The value that `encode(_:)` was given.
  ///
  /// - Throws: `RecordedValueError` where the bytes are not what `encode(_:)` writes.
  /// - Complexity: O(*n*).
  public static func decode(_ bytes: [UInt8]) throws(RecordedValueError) -> Value {
    let tree: Value
    do {
      tree = try JSON.parse(bytes, maximumDepth: maximumDepth)
    } catch {
      throw .notJSON(error)
    }
    return try decodeTree(tree)
  }
}

// MARK: - Trees

extension RecordedValue {
  /// The value with every kind that JSON lacks written as a tag, to stand inside other JSON.
  ///
  /// - Complexity: O(*n*).
  public static func encodeTree(_ value: Value) -> Value {
    switch value {
    case .null, .boolean, .text: value
    case .number(let number): encode(number)
    case .date(let instant): [Tag.date: .text(instant.iso8601)]
    case .list(let items): .list(items.map(encodeTree))
    case .object(let object): encode(object)
    case .file(let file):
      [
        Tag.file: [
          "name": .text(file.name), "type": .text(file.mediaType),
          "content": .text(Base64.encode(file.content)),
        ]
      ]
    case .unknown(let unknown):
      [Tag.unknown: .list(unknown.requests.map { .number(Double($0)) })]
    }
  }

  private static func encode(_ number: Double) -> Value {
    word(of: number).map { [Tag.number: .text($0)] } ?? .number(number)
  }

  private static func encode(_ object: Object) -> Value {
    let members = Value.object(Object(object.lazy.map { ($0.key, encodeTree($0.value)) }))
    return tag(of: object) == nil ? members : [Tag.object: members]
  }
}

// MARK: - Tags

extension RecordedValue {
  /// The keys of the tags.
  enum Tag {
    static let date: Text = "$date"
    static let file: Text = "$file"
    static let unknown: Text = "$unknown"
    static let number: Text = "$number"
    static let object: Text = "$object"
  }

  /// The key of an object that has one member whose key begins with `$`.
  static func tag(of object: Object) -> Text? {
    guard object.count == 1, let key = object.first?.key, key.bytes.first == UInt8(ascii: "$")
    else { return nil }
    return key
  }

  /// How a number is written that JSON cannot hold; nil for the others.
  static func word(of number: Double) -> Text? {
    if number == 0 { return number.sign == .minus ? "-0" : nil }
    return number.isFinite ? nil : Text(number)
  }
}

// MARK: - Reading

extension RecordedValue {
  /// The value whose tree `encodeTree(_:)` made.
  ///
  /// - Throws: `RecordedValueError` where a tag is unknown or malformed.
  /// - Complexity: O(*n*).
  public static func decodeTree(_ tree: Value) throws(RecordedValueError) -> Value {
    hasTag(tree) ? try decodeTagged(tree) : tree
  }

  /// Whether anything in the tree reads back as something else.
  ///
  /// - Complexity: O(*n*).
  public static func hasTag(_ tree: Value) -> Bool {
    switch tree {
    case .list(let items): items.contains(where: hasTag)
    case .object(let object): tag(of: object) != nil || object.contains { hasTag($0.value) }
    default: false
    }
  }

  private static func decodeTagged(_ tree: Value) throws(RecordedValueError) -> Value {
    switch tree {
    case .null, .boolean, .text, .number, .date, .file, .unknown:
      return tree
    case .list(let items):
      return .list(try decode(items))
    case .object(let object):
      guard let tag = tag(of: object), let content = object[tag] else {
        return .object(try decode(members: object))
      }
      return try decode(tag: tag, content)
    }
  }

  private static func decode(_ items: [Value]) throws(RecordedValueError) -> [Value] {
    var decoded: [Value] = []
    decoded.reserveCapacity(items.count)
    for item in items { decoded.append(try decodeTagged(item)) }
    return decoded
  }

  private static func decode(members object: Object) throws(RecordedValueError) -> Object {
    var decoded = Object()
    for (key, value) in object { decoded[key] = try decodeTagged(value) }
    return decoded
  }

  private static func decode(
    tag: Text,
    _ content: Value
  ) throws(RecordedValueError) -> Value {
    switch (tag, content) {
    case (Tag.date, .text(let text)):
      if let instant = Instant(iso8601: text) { return .date(instant) }
    case (Tag.file, .object(let object)):
      if let file = file(object) { return .file(file) }
    case (Tag.unknown, .list(let items)):
      if let requests = requests(items) { return .unknown(Unknown(requests: requests)) }
    case (Tag.number, .text(let text)):
      if let number = special[text] { return .number(number) }
    case (Tag.object, .object(let object)):
      return .object(try decode(members: object))
    case (Tag.date, _), (Tag.file, _), (Tag.unknown, _), (Tag.number, _), (Tag.object, _):
      break
    default:
      throw .unknownTag(tag)
    }
    throw .malformed(tag: tag)
  }

  private static let special: [Text: Double] = [
    "Infinity": .infinity, "-Infinity": -.infinity, "NaN": .nan, "-0": -0.0,
  ]

  private static func file(_ object: Object) -> File? {
    guard object.count == 3, case .text(let name)? = object["name"],
      case .text(let mediaType)? = object["type"],
      case .text(let content)? = object["content"], let bytes = Base64.decode(content)
    else { return nil }
    return File(name: name, mediaType: mediaType, content: bytes)
  }

  private static func requests(_ items: [Value]) -> [Int]? {
    var requests: [Int] = []
    for item in items {
      guard case .number(let number) = item, let request = Int(exactly: number) else { return nil }
      requests.append(request)
    }
    return requests
  }
}
