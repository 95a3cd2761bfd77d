internal import Flows
internal import Values

/// A text of a description with places for what a request holds: `/api/v1/users/{User/ID or Login}`.
///
/// A place names an input as histories show it, `group/key`, or several with `||` between, the first
/// that is not empty; `{Profile/*}` is an object of a group's inputs, and another name that ends in `*`
/// is the first input that begins so. Behind `->` stands what is done
/// with the value. `{{` and `}}` are braces.
struct Template: Hashable, Sendable {
  enum Part: Hashable, Sendable {
    case literal(String)
    case place(Place)
  }

  struct Place: Hashable, Sendable {
    let names: [Text]
    let filter: Filter?
  }

  /// What is done with a value.
  enum Filter: String, Hashable, Sendable, CaseIterable {
    /// True for true, `Yes` and `true`.
    case yes
    /// The items with commas between.
    case join
    /// Its JSON as a text.
    case json
    /// Put into a URL as it is.
    case raw
    /// Inside the quotes of a query language that doubles them, as OData does.
    case doubled
    /// Inside the quotes of a query language that puts a backslash before them, as SOQL does.
    case escaped
  }

  struct Malformed: Error {
    let reason: String
  }

  let parts: [Part]

  init(_ text: String) throws(Malformed) {
    var parts: [Part] = []
    var literal = ""
    var rest = Substring(text)
    while let first = rest.first {
      if rest.hasPrefix("{{") || rest.hasPrefix("}}") {
        literal.append(first)
        rest = rest.dropFirst(2)
      } else if first == "{" {
        guard let end = rest.firstIndex(of: "}") else {
          throw Malformed(reason: "a { without its }; a brace is written {{")
        }
        if !literal.isEmpty { parts.append(.literal(literal)) }
        literal = ""
        parts.append(.place(try Self.place(rest[rest.index(after: rest.startIndex)..<end])))
        rest = rest[rest.index(after: end)...]
      } else if first == "}" {
        throw Malformed(reason: "a } without its {; a brace is written }}")
      } else {
        literal.append(first)
        rest = rest.dropFirst()
      }
    }
    if !literal.isEmpty { parts.append(.literal(literal)) }
    self.parts = parts
  }

  private static func place(_ text: Substring) throws(Malformed) -> Place {
    var names = text
    var filter: Filter?
    if let arrow = text.firstRange(of: "->") {
      let name = String(text[arrow.upperBound...]).trimmed
      guard let known = Filter(rawValue: name) else {
        throw Malformed(
          reason: "there is no \"-> \(name)\"; there are "
            + Filter.allCases.map(\.rawValue).joined(separator: ", ")
        )
      }
      filter = known
      names = text[..<arrow.lowerBound]
    }
    let found = names.split(separator: "||", omittingEmptySubsequences: false).map {
      Text(String($0).trimmed)
    }
    guard found.allSatisfy({ !$0.isEmpty }) else {
      throw Malformed(reason: "{} names no input")
    }
    return Place(names: found, filter: filter)
  }
}

extension Template {
  /// The template as people read it.
  var written: String {
    parts.map { part in
      switch part {
      case .literal(let text): text
      case .place(let place): "{\(place.names.map(\.description).joined(separator: " || "))}"
      }
    }.joined()
  }

  /// The names that the template reads.
  var names: [Text] {
    parts.flatMap { part -> [Text] in if case .place(let place) = part { place.names } else { [] } }
  }

  /// The value that the template makes: that of its place where it is nothing else, a text otherwise.
  func value(_ inputs: Object) -> Value {
    if parts.count == 1, case .place(let place) = parts[0] { return place.value(inputs) }
    return .text(text(inputs) { $0 })
  }

  /// The text that the template makes, what is put into it changed by `encode` unless it is `raw`.
  func text(_ inputs: Object, _ encode: (Text) -> Text) -> Text {
    var bytes: [UInt8] = []
    for part in parts {
      switch part {
      case .literal(let text): bytes += Array(text.utf8)
      case .place(let place):
        let text = place.value(inputs).written
        bytes += (place.filter == .raw ? text : encode(text)).bytes
      }
    }
    return Text(wtf8: bytes)
  }
}

extension Template.Place {
  func value(_ inputs: Object) -> Value {
    var found = Value.null
    for name in names where found.isBlank {
      found = name.hasSuffix("/*") ? Self.group(name, inputs) : inputs.input(name)
    }
    switch filter {
    case .yes:
      return found.isBlank ? .null : .boolean(["yes", "true"].contains(found.written.lowercased()))
    case .join: return found.isBlank ? .null : .text(found.joined)
    case .json: return found.isNull ? .null : .text(JSON.text(found))
    case .doubled: return found.isNull ? .null : .text(found.written.replacing(["'"], by: "''"))
    case .escaped:
      return found.isNull
        ? .null : .text(found.written.replacing(["\\", "'"], by: "\\", keeps: true))
    case .raw, nil: return found
    }
  }

  /// The inputs of a group that are not null, as an object.
  private static func group(_ name: Text, _ inputs: Object) -> Value {
    let prefix = Text(wtf8: Array(name.bytes.dropLast()))
    var members = Object()
    for (key, value) in inputs where key.hasPrefix(prefix) && !value.isNull {
      members[Text(wtf8: Array(key.bytes.dropFirst(prefix.bytes.count)))] = value
    }
    return .object(members)
  }
}

extension Object {
  /// The input of a name, or the first that begins so where the name ends in `*`; null where there is
  /// none.
  ///
  /// Names of generated connectors end in signs of no meaning.
  func input(_ name: Text) -> Value {
    guard name.hasSuffix("*") else { return self[name] ?? .null }
    let prefix = Text(wtf8: Array(name.bytes.dropLast()))
    return first { $0.key.hasPrefix(prefix) }?.value ?? .null
  }
}

extension Value {
  /// Whether there is nothing: null, an empty text, list or object.
  var isBlank: Bool {
    switch self {
    case .null: true
    case .text(let text): text.isEmpty
    case .list(let items): items.isEmpty
    case .object(let object): object.isEmpty
    case .boolean, .number, .date, .file, .unknown: false
    }
  }

  /// The value as a text: JSON where it has no other form.
  var written: Text {
    switch self {
    case .null: .empty
    case .file(let file): Text(wtf8: file.content)
    default: Coercion.text(of: self) ?? JSON.text(self)
    }
  }

  fileprivate var joined: Text {
    guard case .list(let items) = self else { return written }
    return Text.joined(items.map(\.written), separator: ",")
  }
}

extension Text {
  /// The text with another in place of each of some signs of ASCII, or before it.
  fileprivate func replacing(
    _ signs: [Unicode.Scalar],
    by other: String,
    keeps: Bool = false
  ) -> Text {
    let wanted = signs.map { UInt8(ascii: $0) }
    var replaced: [UInt8] = []
    for byte in bytes {
      guard wanted.contains(byte) else {
        replaced.append(byte)
        continue
      }
      replaced += Array(other.utf8)
      if keeps { replaced.append(byte) }
    }
    return Text(wtf8: replaced)
  }
}

extension String {
  var trimmed: String {
    let start = firstIndex { !$0.isWhitespace } ?? endIndex
    let end = lastIndex { !$0.isWhitespace }.map { index(after: $0) } ?? start
    return String(self[start..<end])
  }
}
