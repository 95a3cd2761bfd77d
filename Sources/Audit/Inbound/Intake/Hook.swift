internal import Values

/// A hook as an administrator sets it up: what it delivers, and which flow it starts.
///
/// Its file is a JSON object, described in `docs/hooks.md`.
public struct Hook: Hashable, Sendable {
  /// What it is called on the command line.
  public let name: String
  /// The flow that its deliveries start: a name, an id or a hash prefix; nil for none.
  public let flow: String?
  /// Who its events speak for, where they do not say.
  public let origin: String?
  /// What its deliveries are written as; nil to guess.
  public let format: InboundFormat?
  /// The types of events it delivers; none for all.
  public let events: [Subscription]

  /// One type of events that a hook delivers.
  public struct Subscription: Hashable, Sendable {
    /// The type, such as `group.user_membership.add`.
    public let type: String
    /// Which events of the type are delivered; nil for all.
    public let filter: HookFilter?

    /// Makes a subscription.
    public init(type: String, filter: HookFilter? = nil) {
      self.type = type
      self.filter = filter
    }
  }

  /// Makes a hook.
  public init(
    name: String,
    flow: String? = nil,
    origin: String? = nil,
    format: InboundFormat? = nil,
    events: [Subscription] = []
  ) {
    self.name = name
    self.flow = flow
    self.origin = origin
    self.format = format
    self.events = events
  }
}

extension Hook {
  /// Whether it delivers less than everything.
  var isSelective: Bool { !events.isEmpty }

  /// The format to read its documents as, where a guess cannot tell: an export given in place of
  /// deliveries is then still read as what it is.
  var assumedFormat: InboundFormat? {
    format == .googleForms || format == .json ? format : nil
  }

  /// Whether it delivers a log event; one whose fields cannot be read is delivered.
  func delivers(_ event: UnsafeRawBufferPointer, _ reader: JSONReader) -> Bool {
    do throws(JSONReadError) {
      return try reader.withDocument(event) { delivers($0) }
    } catch {
      return true
    }
  }

  /// Whether it delivers a log event.
  ///
  /// - Complexity: O(members), for each condition of the filter that is reached.
  public func delivers(_ event: JSONElement) -> Bool {
    guard isSelective else { return true }
    guard let type = event.text("eventType") ?? event.text("event_type") ?? event.text("type")
    else { return false }
    return events.contains { subscription in
      type.elementsEqual(subscription.type.utf8) && (subscription.filter?.matches(event) ?? true)
    }
  }
}

// MARK: - Files

extension Hook {
  /// Reads a hook's file.
  ///
  /// - Throws: `HookFileError`, naming the member that is wrong.
  public init(file: [UInt8]) throws(HookFileError) {
    let document: Value
    do {
      document = try JSON.parse(file)
    } catch {
      throw .notJSON(reason: "\(error)")
    }
    guard case .object(let members) = document else { throw .wrong(member: "", wants: "an object") }
    let known: Set<Text> = ["name", "flow", "origin", "format", "path", "events"]
    if let (key, _) = members.first(where: { !known.contains($0.key) }) {
      throw .unknown(member: key.description)
    }
    guard let name = try members.text("name"), !name.isEmpty else {
      throw .wrong(member: "name", wants: "a text")
    }
    self.name = name
    flow = try members.text("flow")
    origin = try members.text("origin")
    format = try members.text("format").map { name throws(HookFileError) in
      guard let format = InboundFormat(rawValue: name) else {
        let names = InboundFormat.allCases.map(\.rawValue).joined(separator: ", ")
        throw .wrong(member: "format", wants: "one of \(names)")
      }
      return format
    }
    events = try Self.subscriptions(members["events"])
  }

  private static func subscriptions(_ value: Value?) throws(HookFileError) -> [Subscription] {
    guard let value, value != .null else { return [] }
    guard case .list(let items) = value else { throw .wrong(member: "events", wants: "a list") }
    // Whoever lists the event types and names none does not mean all of them.
    guard !items.isEmpty else { throw .wrong(member: "events", wants: "left out for all events") }
    var subscriptions: [Subscription] = []
    for item in items {
      guard case .object(let members) = item, let type = try members.text("type") else {
        throw .wrong(member: "events", wants: "objects with a type")
      }
      if let (key, _) = members.first(where: { $0.key != "type" && $0.key != "filter" }) {
        throw .unknownOfEvent(type: type, member: key.description)
      }
      let filter = try members.text("filter").map { text throws(HookFileError) in
        do throws(HookExpressionError) {
          return try HookFilter(text)
        } catch {
          throw .filter(type: type, error)
        }
      }
      subscriptions.append(Subscription(type: type, filter: filter))
    }
    return subscriptions
  }
}

extension Object {
  fileprivate func text(_ key: Text) throws(HookFileError) -> String? {
    switch self[key] {
    case nil, .null: nil
    case .text(let text): text.description
    default: throw .wrong(member: key.description, wants: "a text")
    }
  }
}
