internal import Values

/// Makes a value that fits a declared type and what a flow reads from it.
struct ValueMaker {
  /// Noon of 15 January 2026: what made dates lie around.
  static let base = Instant(milliseconds: 1_768_478_400_000)
  private static let maximumDepth = 8

  private var choice: SeededChoice

  init(seed: UInt64, key: Text) {
    choice = SeededChoice(seed: seed, key: key)
  }

  mutating func value(
    of type: DeclaredType,
    named name: Text,
    demand: Demand,
    depth: Int = 0
  ) -> Value {
    guard depth < Self.maximumDepth else { return .null }
    switch type {
    case .list(let item): return list(of: item, name, demand, depth)
    case .schema(let schema): return object(schema.members, demand, depth)
    case .object: return shaped(name, demand, depth)
    case .string: return text(name, demand, depth)
    case .number: return number(name, demand)
    case .boolean: return boolean(demand)
    case .date: return .date(instant())
    case .file: return file(name)
    case .flow: return .null
    case .any: return untyped(name, demand, depth)
    }
  }
}

extension ValueMaker {
  private mutating func list(
    of type: DeclaredType,
    _ name: Text,
    _ demand: Demand,
    _ depth: Int
  ) -> Value {
    let emptiable = demand.comparisons.contains { $0.name.isEmptiness } || demand.minimumCount == 0
    if emptiable, choice.once(in: 6) { return [] }
    let count = max(1 + choice.below(3), demand.minimumCount)
    return .list(
      (0..<count).map { _ in value(of: type, named: name, demand: demand.item, depth: depth + 1) }
    )
  }

  private mutating func object(
    _ members: [ObjectSchema.Member],
    _ demand: Demand,
    _ depth: Int
  ) -> Value {
    var object = Object()
    for member in members {
      object[member.key] = value(
        of: member.type,
        named: member.key,
        demand: demand.member(member.key),
        depth: depth + 1
      )
    }
    for (key, part) in demand.members where object[key] == nil {
      object[key] = untyped(key, part, depth + 1)
    }
    return .object(object)
  }

  /// A value declared as an object, in the shape in which the flow reads it.
  private mutating func shaped(_ name: Text, _ demand: Demand, _ depth: Int) -> Value {
    if !demand.members.isEmpty { return object([], demand, depth) }
    if !demand.items.isEmpty { return list(of: .any, name, demand, depth) }
    if !demand.parsed.isEmpty { return text(name, demand, depth) }
    if demand.comparisons.contains(where: { !$0.name.isEmptiness }) {
      return untyped(name, demand, depth)
    }
    if demand.comparisons.contains(where: { $0.name.isEmptiness }), choice.once(in: 2) {
      return [:]
    }
    return ["id": .text(identifier())]
  }

  /// A value without a declared type: what the inputs take it for decides.
  private mutating func untyped(_ name: Text, _ demand: Demand, _ depth: Int) -> Value {
    if !demand.members.isEmpty { return object([], demand, depth) }
    if !demand.items.isEmpty { return list(of: .any, name, demand, depth) }
    if !demand.parsed.isEmpty { return text(name, demand, depth) }
    let lists = demand.types.filter(\.isList)
    if let type = lists.first { return value(of: type, named: name, demand: demand, depth: depth) }
    for type in [DeclaredType.date, .number, .boolean, .file] where demand.types.contains(type) {
      return value(of: type, named: name, demand: demand, depth: depth)
    }
    for type in demand.types {
      if case .schema = type {
        return value(of: type, named: name, demand: demand, depth: depth)
      }
    }
    if demand.types == [.object] { return ["id": .text(identifier())] }
    return text(name, demand, depth)
  }

  private mutating func boolean(_ demand: Demand) -> Value {
    .boolean(choice.once(in: 2))
  }

  private mutating func instant() -> Instant {
    let days = choice.below(120) - 90
    let seconds = days * 86_400 + choice.below(86_400)
    return Instant(milliseconds: Self.base.milliseconds + Int64(seconds) * 1000)
  }

  private mutating func file(_ name: Text) -> Value {
    .file(
      File(
        name: "sample.csv",
        mediaType: "text/csv",
        content: Array("id,name\n1,First\n2,Second\n".utf8)
      )
    )
  }

  private mutating func identifier() -> Text {
    Text("00u" + String(choice.next() % 0xffff_ffff, radix: 36))
  }
}

extension ValueMaker {
  private mutating func number(_ name: Text, _ demand: Demand) -> Value {
    if let chosen = compared(demand), case .number = Coercion.read(chosen, as: .number) {
      return Coercion.read(chosen, as: .number)
    }
    if name.lowercased().contains("status") { return 200 }
    return .number(Double(1 + choice.below(20)))
  }

  /// A value on which a comparison turns, about every other time.
  private mutating func compared(_ demand: Demand) -> Value? {
    guard !demand.comparisons.isEmpty, !choice.once(in: 3) else { return nil }
    let comparison = demand.comparisons[choice.below(demand.comparisons.count)]
    let step = Double(choice.below(3) - 1)
    switch comparison.name {
    case "is empty", "is not empty": return choice.once(in: 2) ? "" : nil
    case ">", ">=", "<", "<=":
      guard case .number(let limit) = Coercion.read(comparison.operand, as: .number) else {
        return nil
      }
      return .number(limit + step)
    case "in":
      guard case .text(let text) = comparison.operand else { return comparison.operand }
      let parts = text.split(separator: ",")
      return .text(parts[choice.below(parts.count)].trimmed())
    default: return comparison.operand
    }
  }

  private mutating func text(_ name: Text, _ demand: Demand, _ depth: Int) -> Value {
    if let parsed = demand.parsed.first {
      let shape = parsedShape(name, parsed, depth + 1)
      return .text(demand.isXML ? Self.document(of: shape) : JSON.text(shape))
    }
    if let chosen = compared(demand) {
      switch chosen {
      case .text: return chosen
      case .number(let number): return .text(Text(number))
      case .boolean(let boolean): return boolean ? "true" : "false"
      default: break
      }
    }
    if demand.types.contains(.date) { return .text(instant().iso8601) }
    if demand.types.contains(.number) { return .text(Text(Double(1 + choice.below(20)))) }
    if let separator = demand.separators.first, !separator.isEmpty {
      let parts = (0..<3).map { _ in word(for: name) }
      return .text(Text.joined(parts, separator: separator))
    }
    return .text(word(for: name))
  }

  /// A document that parses to the value, as far as that is possible.
  private static func document(of value: Value) -> Text {
    guard case .object(let object) = value else { return "<root/>" }
    return (try? XMLWriter.write(object)) ?? "<root/>"
  }

  private mutating func parsedShape(_ name: Text, _ demand: Demand, _ depth: Int) -> Value {
    if demand.members.isEmpty, !demand.items.isEmpty {
      return list(of: .any, name, demand, depth)
    }
    if demand.members.isEmpty, let list = demand.types.first(where: \.isList) {
      return value(of: list, named: name, demand: demand, depth: depth)
    }
    return object([], demand, depth)
  }

  /// A text that looks like what the name says; invented people live at example.com.
  private mutating func word(for name: Text) -> Text {
    let lower = name.lowercased()
    let number = 1 + choice.below(90)
    if lower.contains("mail") || lower.contains("login") || lower.contains("username") {
      return Text("user\(number)@example.com")
    }
    if ["url", "link", "href", "uri"].contains(where: lower.contains) {
      return Text("https://example.com/\(number)")
    }
    if ["date", "time", "created", "updated", "expir", "published", "last "].contains(
      where: lower.contains
    ) {
      return instant().iso8601
    }
    if lower.contains("phone") { return Text("+1 555 01\(10 + number % 90)") }
    if lower.contains("status") { return "ACTIVE" }
    if lower == "id" || lower.hasSuffix(" id") || lower.hasSuffix("_id") || name.hasSuffix("Id") {
      return identifier()
    }
    if name.isEmpty { return Text("text \(number)") }
    return Text("\(name) \(number)")
  }
}

extension Text {
  fileprivate var isEmptiness: Bool { self == "is empty" || self == "is not empty" }
}
