internal import Values
internal import Yams

/// A part of a YAML file, which knows its place.
public struct ConfigurationNode {
  let node: Node
  let file: String
  let place: String

  /// Longer files are not settings.
  private static let maximumSize = 4 << 20
  private static let maximumCount = 100_000

  /// Reads a file's only document.
  ///
  /// - Throws: `ConfigurationError` where it is no YAML, or holds more values than settings have, as
  ///   aliases of aliases make of a short file.
  public init(_ bytes: [UInt8], file: String) throws(ConfigurationError) {
    func failure(_ reason: String, line: Int? = nil) -> ConfigurationError {
      ConfigurationError(file: file, line: line, place: "", reason: reason)
    }
    guard bytes.count <= Self.maximumSize else { throw failure("it is longer than 4 MiB") }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw failure("it is no UTF-8 text")
    }
    let node: Node?
    do {
      node = try Parser(yaml: text).singleRoot()
    } catch let error as YamlError {
      throw failure("it is not YAML: \(Self.reason(of: error))", line: Self.line(of: error))
    } catch {
      throw failure("it is not YAML: \(error)")
    }
    guard let node else { throw failure("it is empty") }
    self.init(node: node, file: file, place: "")
    var count = 0
    try limit(node, &count)
  }

  private init(node: Node, file: String, place: String) {
    self.node = node
    self.file = file
    self.place = place
  }

  /// The error that something is wrong with this part.
  public func error(_ reason: String) -> ConfigurationError {
    ConfigurationError(file: file, line: node.mark?.line, place: place, reason: reason)
  }

  private func limit(_ node: Node, _ count: inout Int) throws(ConfigurationError) {
    count += 1
    guard count <= Self.maximumCount else {
      throw error("it has more than \(Self.maximumCount) values")
    }
    switch node {
    case .mapping(let mapping):
      for (_, value) in mapping { try limit(value, &count) }
    case .sequence(let sequence):
      for value in sequence { try limit(value, &count) }
    case .scalar, .alias: break
    }
  }

  private static func line(of error: YamlError) -> Int? {
    switch error {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
      mark.line
    default: nil
    }
  }

  private static func reason(of error: YamlError) -> String {
    switch error {
    case .scanner(_, let problem, _, _), .parser(_, let problem, _, _),
      .composer(_, let problem, _, _):
      problem
    case .duplicatedKeysInMapping(let keys, _):
      "the key \(keys.first ?? "of a member") stands twice"
    default: "it cannot be read"
    }
  }
}

extension ConfigurationNode {
  /// The members of a mapping, in order.
  ///
  /// - Throws: `ConfigurationError` where it is none.
  public func members() throws(ConfigurationError) -> [(name: String, node: ConfigurationNode)] {
    guard case .mapping(let mapping) = node else { throw error("it must be a mapping") }
    var members: [(String, ConfigurationNode)] = []
    for (key, value) in mapping {
      guard let name = key.scalar?.string else { throw error("a key must be a text") }
      guard !members.contains(where: { $0.0 == name }) else {
        throw error("the key \(name) stands twice")
      }
      members.append((name, child(value, place.isEmpty ? name : "\(place).\(name)")))
    }
    return members
  }

  /// The members of a mapping that has no others than these.
  ///
  /// - Throws: `ConfigurationError` where it is none, or has another.
  public func members(
    known: Set<String>
  ) throws(ConfigurationError) -> [String: ConfigurationNode] {
    var found: [String: ConfigurationNode] = [:]
    for (name, node) in try members() {
      guard known.contains(name) else {
        throw node.error("no such member; there are \(known.sorted().joined(separator: ", "))")
      }
      found[name] = node
    }
    return found
  }

  /// The items of a sequence.
  ///
  /// - Throws: `ConfigurationError` where it is none.
  public func items() throws(ConfigurationError) -> [ConfigurationNode] {
    guard case .sequence(let sequence) = node else { throw error("it must be a list") }
    return sequence.enumerated().map { child($1, "\(place)[\($0)]") }
  }

  /// The items of a sequence, or the one that stands alone.
  ///
  /// - Throws: `ConfigurationError`.
  public func itemsOrOne() throws(ConfigurationError) -> [ConfigurationNode] {
    if case .sequence = node { try items() } else { [self] }
  }

  /// The text of a scalar, which may be empty; nil for anything else.
  var scalar: String? { node.scalar?.string }

  var isMapping: Bool { if case .mapping = node { true } else { false } }

  /// A text, as it is written; numbers and words such as `yes` are texts too.
  ///
  /// - Throws: `ConfigurationError` where it is none, or empty.
  public func text() throws(ConfigurationError) -> String {
    guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
      throw error("it must be a text")
    }
    return scalar.string
  }

  /// The address of a service, without a slash at its end, and the host that it is at.
  func url() throws(ConfigurationError) -> (text: String, rule: HostRule) {
    var text = try self.text()
    while text.hasSuffix("/") { text.removeLast() }
    guard let parsed = ParsedURL(text), ["http", "https"].contains(parsed.scheme),
      !text.contains("?"), !text.contains("#")
    else { throw error("it must be an address such as https://example.okta.com") }
    guard !parsed.hasCredentials else {
      throw error("user and password belong into \"basic\"")
    }
    return (text, HostRule(scheme: parsed.scheme, host: parsed.host, port: parsed.port))
  }

  /// A whole number in a range.
  ///
  /// - Throws: `ConfigurationError` where it is none.
  public func integer(_ range: ClosedRange<Int>) throws(ConfigurationError) -> Int {
    guard case .scalar(let scalar) = node,
      scalar.string.utf8.allSatisfy({ (48...57).contains($0) }),
      let number = Int(scalar.string), range.contains(number)
    else {
      throw error("it must be a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  func boolean() throws(ConfigurationError) -> Bool {
    guard let word = scalar, ["true", "false"].contains(word) else {
      throw error("it must be true or false")
    }
    return word == "true"
  }

  /// One of a set of words.
  ///
  /// - Throws: `ConfigurationError` where it is none of them.
  public func word<Word: RawRepresentable & CaseIterable>(
    _: Word.Type
  ) throws(ConfigurationError) -> Word where Word.RawValue == String {
    guard let word = Word(rawValue: try text()) else {
      let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
      throw error("it must be one of \(known)")
    }
    return word
  }

  /// The whole part as a value.
  func value() throws(ConfigurationError) -> Value {
    switch node {
    case .scalar(let scalar):
      if scalar.style == .singleQuoted || scalar.style == .doubleQuoted {
        return .text(Text(scalar.string))
      }
      return Self.value(of: scalar.string)
    case .mapping:
      var object = Object()
      for (name, node) in try members() { object[Text(name)] = try node.value() }
      return .object(object)
    case .sequence:
      var list: [Value] = []
      for item in try items() { list.append(try item.value()) }
      return .list(list)
    case .alias: throw error("aliases are not read")
    }
  }

  /// What stands without quotes: numbers as JSON writes them, `true`, `false`, `null`; all else is a
  /// text, so that no version, time or telephone number changes.
  private static func value(of scalar: String) -> Value {
    if ["null", "~", ""].contains(scalar) { return .null }
    if ["true", "false"].contains(scalar) { return .boolean(scalar == "true") }
    let text = Text(scalar)
    if let value = try? JSON.parse(text), case .number = value, JSON.text(value) == text {
      return value
    }
    return .text(text)
  }

  private func child(_ node: Node, _ place: String) -> ConfigurationNode {
    ConfigurationNode(node: node, file: file, place: place)
  }
}
