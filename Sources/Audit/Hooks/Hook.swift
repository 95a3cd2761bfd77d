public import Values

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
  /// How its deliveries prove who sends them.
  public let proof: DeliveryProof
  /// The lower-case name of the header field that holds the credential, where that is the proof.
  public let field: String
  /// The path at which its deliveries come in, beside `/hooks/` and its name; nil for none.
  public let path: String?
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
    proof: DeliveryProof? = nil,
    field: String = Hook.usualField,
    path: String? = nil,
    events: [Subscription] = []
  ) {
    self.name = name
    self.flow = flow
    self.origin = origin
    self.format = format
    self.proof = proof ?? DeliveryProof(of: format)
    self.field = field
    self.path = path
    self.events = events
  }

  /// The header field that holds a credential where a hook names no other.
  public static let usualField = "authorization"
}

extension Hook {
  /// Whether what comes for it are calls of an API endpoint, each of which starts its flow and is
  /// answered by it.
  public var takesCalls: Bool {
    format == .apiEndpoint || format == nil && flow != nil && path?.hasPrefix("/api/flo/") == true
  }

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
    try self.init(members: members)
  }

  /// Reads the members of a hook's file.
  ///
  /// - Throws: `HookFileError`, naming the member that is wrong.
  public init(members: Object) throws(HookFileError) {
    let known: Set<Text> = [
      "name", "flow", "origin", "format", "path", "events", "proof", "field",
    ]
    if let (key, _) = members.first(where: { !known.contains($0.key) }) {
      throw .unknown(member: key.description)
    }
    guard let name = try members.text("name"), Self.isName(name) else {
      throw .wrong(member: "name", wants: "a text of letters, digits, `-`, `_` and `.`")
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
    proof = try Self.proof(members) ?? DeliveryProof(of: format)
    field = try Self.field(members) ?? Self.usualField
    path = try members.text("path")
    if let path, !path.hasPrefix("/") { throw .wrong(member: "path", wants: "a path from `/` on") }
    events = try Self.subscriptions(members["events"])
    guard events.isEmpty || format.map(Self.hasTypes) ?? true else {
      throw .wrong(
        member: "events",
        wants: "left out: what this format brings has no types to choose by"
      )
    }
  }

  /// Refuses a path that nothing could come in at, or that is another's address.
  func checkPath() throws(HookFileError) {
    guard let path else { return }
    guard path.utf8.allSatisfy({ (33...126).contains($0) && !"?#%\"<>\\^`{|}".utf8.contains($0) })
    else { throw .wrong(member: "path", wants: "a path of an address, without `?`, `#` and `%`") }
    let isOwn = path == "/hooks/\(name)" || path == "/hooks/okta/\(name)"
    let isServers =
      path == "/" || path == "/healthz" || path == "/metrics"
      || path.hasPrefix("/api/") && !path.hasPrefix("/api/flo/")
    guard isOwn || !isServers && !path.hasPrefix("/hooks/") else {
      throw .wrong(member: "path", wants: "no address of the server's own or of another hook")
    }
  }

  /// Whether what comes in a format says of which type it is, as filters ask.
  private static func hasTypes(_ format: InboundFormat) -> Bool {
    switch format {
    case .oktaSystemLog, .oktaEventHook, .oktaExecutionLog, .cloudEvents, .json: true
    // A Slack event's type stands inside of it, a form's response has none.
    case .slack, .typeform, .googleForms, .apiEndpoint: false
    }
  }

  /// Whether a hook can be called so: its name stands in an address.
  static func isName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 100 && !name.hasPrefix(".")
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
          UInt8(ascii: "."):
          true
        default: false
        }
      }
  }

  private static func proof(_ members: Object) throws(HookFileError) -> DeliveryProof? {
    guard let name = try members.text("proof") else { return nil }
    guard let proof = DeliveryProof(rawValue: name) else {
      let names = DeliveryProof.allCases.map(\.rawValue).joined(separator: ", ")
      throw .wrong(member: "proof", wants: "one of \(names)")
    }
    return proof
  }

  private static func field(_ members: Object) throws(HookFileError) -> String? {
    guard let name = try members.text("field") else { return nil }
    let isToken = name.utf8.allSatisfy { byte in
      (33...126).contains(byte) && !"\"(),/:;<=>?@[\\]{}".utf8.contains(byte)
    }
    guard isToken, !name.isEmpty else { throw .wrong(member: "field", wants: "a header's name") }
    return name.lowercased()
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
