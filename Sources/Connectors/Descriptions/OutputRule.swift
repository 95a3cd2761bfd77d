internal import Values

/// Where a card's output comes from.
struct OutputRule: Hashable, Sendable {
  enum Source: Hashable, Sendable {
    /// The status of the answer.
    case status
    /// Its header, as an object.
    case headers
    /// Its body: JSON as a value, anything else as a text.
    case body
    /// Its body as a text.
    case text
    /// Its body as a file.
    case file
    /// What that file is called.
    case fileName
    /// How many bytes the body has.
    case size
    /// All records.
    case records
    /// How many there are.
    case count
    /// The first record.
    case record
    /// The id of a mail that was sent.
    case messageID
    /// A part of the record, or of the body where there are no records. `*` stands for the output's key.
    case path([Text])
    /// A list whose items get other names for their parts: what the card calls them, and where they are.
    case each([Text], [Member])
    /// How many items a list has.
    case length([Text])
    /// A value of the description.
    case constant(Value)
  }

  /// A part of an item, and what the card calls it.
  struct Member: Hashable, Sendable {
    let name: Text
    let path: [Text]
  }

  /// The output's name, `group/key`; one that ends in `*` is for all that begin so.
  let name: Text
  let source: Source

  static let words: [String: Source] = [
    "$status": .status, "$headers": .headers, "$body": .body, "$text": .text, "$file": .file,
    "$filename": .fileName, "$size": .size, "$records": .records,
    "$count": .count, "$record": .record, "$messageID": .messageID,
  ]

  /// Whether the rule is for an output.
  func covers(_ output: Text) -> Bool {
    guard name.hasSuffix("*") else { return name == output }
    return output.hasPrefix(Text(wtf8: Array(name.bytes.dropLast())))
  }

  /// The path with the output's key in it.
  func path(for output: Text) -> [Text] {
    guard case .path(let path) = source else { return [] }
    let key = Text(wtf8: Array(output.bytes.dropFirst(max(0, name.bytes.count - 1))))
    return path.map { $0 == "*" ? key : $0 }
  }
}

extension Value {
  /// The items at a path as objects of their renamed parts; none where there is no list, which some
  /// services leave out when it is empty.
  func renamed(at path: [Text], _ members: [OutputRule.Member]) -> Value {
    guard case .list(let items) = part(at: path) else { return .list([]) }
    return .list(
      items.map { item in
        .object(Object(members.map { ($0.name, item.part(at: $0.path)) }))
      }
    )
  }

  /// How many items the list at a path has.
  func length(at path: [Text]) -> Value {
    guard case .list(let items) = part(at: path) else { return 0 }
    return .number(Double(items.count))
  }

  /// The part that a path leads to, null where there is none; a number counts items from 0.
  func part(at path: some Sequence<Text>) -> Value {
    var found = self
    for name in path {
      switch found {
      case .object(let object): found = object[name] ?? .null
      case .list(let items):
        guard let place = Int(name.description), items.indices.contains(place) else { return .null }
        found = items[place]
      default: return .null
      }
    }
    return found
  }
}
