internal import Values

/// Finds log events among the inputs of an execution.
///
/// An object with the texts `uuid` and `eventType` is such an event, and so is a trigger's event
/// whose fields are called `UUID` and `Event Type`, in whatever group; bodies of requests are read.
enum CarriedEvents {
  /// More than one delivery brings.
  private static let maximumCount = 1_000
  private static let maximumDepth = 12

  /// The ids of the events in `inputs`, without repeats.
  ///
  /// - Complexity: O(*n*) in the size of the inputs.
  static func ids(in inputs: Object) -> [Text] {
    var search = Search()
    search.visit(inputs, depth: 0)
    return search.found
  }

  /// The name of a member, alone or behind that of a group.
  private struct Name {
    let key: Text
    let suffix: Text

    init(_ key: Text) {
      self.key = key
      suffix = "/" + key
    }

    static let uuid = Name("uuid")
    static let eventType = Name("eventType")
    static let cardUUID = Name("UUID")
    static let cardEventType = Name("Event Type")
    static let rawBody: Text = "raw/body"
  }

  private struct Search {
    var found: [Text] = []
    private var seen: Set<Text> = []

    mutating func visit(_ object: Object, depth: Int) {
      guard depth < CarriedEvents.maximumDepth else { return }
      if object.isEmpty { return }
      if let id = id(object, .uuid, .eventType) ?? id(object, .cardUUID, .cardEventType) { add(id) }
      for (key, value) in object { visit(value, key, depth: depth + 1) }
    }

    private mutating func visit(_ value: Value, _ key: Text, depth: Int) {
      switch value {
      case .object(let object): visit(object, depth: depth)
      case .list(let items):
        guard depth < CarriedEvents.maximumDepth else { return }
        for item in items where found.count < CarriedEvents.maximumCount {
          visit(item, key, depth: depth + 1)
        }
      case .text(let text) where key == Name.rawBody:
        if let parsed = try? JSON.parse(text) { visit(parsed, "", depth: depth) }
      case .text, .null, .boolean, .number, .date, .file, .unknown: break
      }
    }

    /// The id of an event whose fields stand here, in groups of their own or with group in the name.
    private func id(_ object: Object, _ id: Name, _ type: Name) -> Text? {
      guard case .text(let found)? = member(object, id), !found.isEmpty,
        case .text? = member(object, type)
      else { return nil }
      return found
    }

    private func member(_ object: Object, _ name: Name) -> Value? {
      if let value = object[name.key] { return value }
      for place in object.indices where object[place].key.hasSuffix(name.suffix) {
        return object[place].value
      }
      return nil
    }

    private mutating func add(_ id: Text) {
      guard found.count < CarriedEvents.maximumCount, seen.insert(id).inserted else { return }
      found.append(id)
    }
  }
}
