internal import Flows
internal import Values

/// Reads the entries of an answers file.
struct ScriptReader {
  let source: String

  func entries(_ value: Value) throws(AnswersError) -> [ScriptEntry] {
    let file = try object(value, "")
    try refuseOthers(file, ["answers", "note"], "")
    guard case .list(let items)? = file["answers"] else {
      throw error("answers", "a list of answers is missing")
    }
    var entries: [ScriptEntry] = []
    for (place, item) in items.enumerated() {
      entries.append(try entry(item, "answers[\(place)]"))
    }
    return entries
  }

  private func entry(_ value: Value, _ place: String) throws(AnswersError) -> ScriptEntry {
    let entry = try object(value, place)
    try refuseOthers(
      entry,
      [
        "connector", "method", "connection", "when", "times", "outputs", "records", "error", "note",
      ],
      place
    )
    var conditions: [(name: Text, condition: ScriptCondition)] = []
    if let when = entry["when"] {
      for (name, wanted) in try object(when, place + ".when") {
        conditions.append((name, try condition(wanted, "\(place).when.\(name)", depth: 0)))
      }
    }
    return ScriptEntry(
      method: ConnectorMethod(
        connector: try text(entry, "connector", place),
        method: try text(entry, "method", place)
      ),
      connection: entry["connection"] == nil ? nil : try text(entry, "connection", place),
      conditions: conditions,
      times: try times(entry, place),
      answer: try answer(entry, place)
    )
  }

  private func times(_ entry: Object, _ place: String) throws(AnswersError) -> Int? {
    guard let value = entry["times"] else { return nil }
    guard case .number(let number) = value, let times = Int(exactly: number), times >= 0 else {
      throw error(place + ".times", "it must be a whole number from 0")
    }
    return times
  }

  private func answer(_ entry: Object, _ place: String) throws(AnswersError) -> Answer {
    switch (entry["outputs"], entry["error"]) {
    case (let outputs?, nil):
      return .outputs(
        ConnectorAnswer(
          outputs: try outputObject(outputs, place + ".outputs"),
          records: try records(entry, place)
        )
      )
    case (nil, let failure?): return .failure(try cardError(failure, place + ".error"))
    default: throw error(place, "it must have either \"outputs\" or \"error\"")
    }
  }

  private func outputObject(_ value: Value, _ place: String) throws(AnswersError) -> Object {
    var outputs = Object()
    for (name, tree) in try object(value, place) {
      outputs[name] = try decoded(tree, "\(place).\(name)")
    }
    return outputs
  }

  private func records(_ entry: Object, _ place: String) throws(AnswersError) -> [Value] {
    guard let value = entry["records"] else { return [] }
    guard case .list(let items) = value else {
      throw error(place + ".records", "it must be a list")
    }
    var records: [Value] = []
    for item in items { records.append(try decoded(item, place + ".records")) }
    return records
  }

  private func cardError(_ value: Value, _ place: String) throws(AnswersError) -> CardError {
    let members = try object(value, place)
    var status = CardError.defaultStatusCode
    if let given = members["statusCode"] {
      guard case .number(let number) = given else {
        throw error(place + ".statusCode", "it must be a number")
      }
      status = number
    }
    var details = Object()
    for (name, tree) in members where !["kind", "message", "statusCode"].contains(name) {
      details[name] = try decoded(tree, "\(place).\(name)")
    }
    let name = try text(members, "kind", place)
    guard Self.errorKinds.contains(name) else {
      throw error(place + ".kind", "\"\(name)\" is no kind of error")
    }
    return CardError(
      kind: CardErrorKind(name: name),
      message: try text(members, "message", place),
      statusCode: status,
      details: details
    )
  }

  private static let errorKinds: Set<Text> = [
    "Connection Error", "FS Error", "Forbidden", "HTTP Error", "HTTP Request Error",
    "Invalid Flow", "Invalid Input", "Invalid Type Conversion", "Network Error", "Not Active",
    "Not Found", "OAuth Refresh Error", "Parse Error", "Timeout", "URL Error", "Unknown Error",
    "User Error",
  ]
}

// MARK: - Conditions

extension ScriptReader {
  private func condition(
    _ value: Value,
    _ place: String,
    depth: Int
  ) throws(AnswersError) -> ScriptCondition {
    guard case .object(let members) = value, Self.tag(of: members) == nil else {
      return .equals(try decoded(value, place))
    }
    guard depth < 32 else { throw error(place, "it is nested too deep") }
    var conditions: [ScriptCondition] = []
    for (name, wanted) in members {
      conditions.append(try part(name, wanted, "\(place).\(name)", depth: depth))
    }
    guard !conditions.isEmpty else {
      throw error(place, "an empty condition; write {\"equals\": {}} to ask for an object")
    }
    return conditions.count == 1 ? conditions[0] : .all(conditions)
  }

  private func part(
    _ name: Text,
    _ wanted: Value,
    _ place: String,
    depth: Int
  ) throws(AnswersError) -> ScriptCondition {
    switch (name, wanted) {
    case ("equals", _): return .equals(try decoded(wanted, place))
    case ("contains", _): return .contains(try decoded(wanted, place))
    case ("startsWith", .text(let text)): return .startsWith(text)
    case ("endsWith", .text(let text)): return .endsWith(text)
    case ("present", .boolean(let isPresent)): return .present(isPresent)
    case ("not", _): return .not(try condition(wanted, place, depth: depth + 1))
    case ("oneOf", .list(let items)):
      var values: [Value] = []
      for item in items { values.append(try decoded(item, place)) }
      return .oneOf(values)
    case ("startsWith", _), ("endsWith", _): throw error(place, "it must be a text")
    case ("present", _): throw error(place, "it must be true or false")
    case ("oneOf", _): throw error(place, "it must be a list")
    default: throw error(place, "no such condition; an object is asked for with \"equals\"")
    }
  }

  /// The tag of a value that JSON has no form for.
  private static func tag(of object: Object) -> Text? {
    guard object.count == 1, let key = object.first?.key, key.hasPrefix("$") else { return nil }
    return key
  }
}

// MARK: - Members

extension ScriptReader {
  private func error(_ place: String, _ reason: String) -> AnswersError {
    AnswersError(source: source, place: place, reason: reason)
  }

  private func object(_ value: Value, _ place: String) throws(AnswersError) -> Object {
    guard case .object(let object) = value else { throw error(place, "it must be an object") }
    return object
  }

  private func text(_ object: Object, _ key: Text, _ place: String) throws(AnswersError) -> Text {
    guard case .text(let text)? = object[key], !text.isEmpty else {
      throw error("\(place).\(key)", "it must be a text")
    }
    return text
  }

  private func decoded(_ tree: Value, _ place: String) throws(AnswersError) -> Value {
    do {
      return try RecordedValue.decodeTree(tree)
    } catch {
      throw self.error(place, String(describing: error))
    }
  }

  private func refuseOthers(
    _ object: Object,
    _ known: Set<Text>,
    _ place: String
  ) throws(AnswersError) {
    for key in object.keys where !known.contains(key) {
      throw error(place.isEmpty ? key.description : "\(place).\(key)", "no such member")
    }
  }
}
