internal import EventStore
internal import Values

/// What Okta's event cards give out of a System Log entry.
///
/// Every output that an export's event cards declare is here; a card gets those it declares. People,
/// groups and other things have the four members that Okta's cards have.
struct OktaEventOutputs {
  private let entry: Object
  private let delivery: Object?
  private let origin: Text

  /// - Parameters:
  ///   - entry: The System Log entry.
  ///   - delivery: The envelope it came in, where an event hook delivered it.
  ///   - origin: Who it speaks for.
  init(_ entry: Object, delivery: Object?, origin: Text) {
    self.entry = entry
    self.delivery = delivery
    self.origin = origin
  }

  /// The outputs, in the one group they have.
  var value: Value {
    var output = Object()
    for (name, value) in envelope + things + details { output[name] = value }
    return ["Output": .object(output)]
  }
}

extension OktaEventOutputs {
  private typealias Member = (name: Text, value: Value)

  private var envelope: [Member] {
    let published = entry["published"] ?? .null
    return [
      ("Date and Time", published),
      ("Message", entry["displayMessage"] ?? .null),
      ("Event ID", delivery?["eventId"] ?? entry["uuid"] ?? .null),
      ("Event Type", entry["eventType"] ?? .null),
      ("Event Time", delivery?["eventTime"] ?? published),
      ("Version", entry["version"] ?? .null),
      ("UUID", entry["uuid"] ?? .null),
      ("Source", delivery?["source"] ?? .text(origin)),
      ("Headers", .object(Object())),
      ("Event Details", .object(entry)),
      ("Full Details", .object(entry)),
    ]
  }

  private var things: [Member] {
    let actor = thing(entry["actor"])
    return [
      ("Admin", actor), ("Actor", actor),
      ("Okta User", thing(target("User"))),
      ("Group", thing(target("UserGroup"))),
      ("Application", thing(target("AppInstance"))),
      ("Application User", thing(target("AppUser"))),
      ("MFA Factor", factor),
      ("Review Item", thing(targets.first)),
    ]
  }

  private var details: [Member] {
    let debugData = member(entry["debugContext"], "debugData")
    return [
      ("Debug Context", ["Debug Data": debugData]),
      ("Changed Attributes", member(debugData, "changedAttributes")),
      ("Reason", member(entry["outcome"], "reason")),
      ("Result", member(entry["outcome"], "result")),
      ("Severity", entry["severity"] ?? .null),
      ("Legacy Event Type", entry["legacyEventType"] ?? .null),
      ("Client", entry["client"] ?? .null),
      ("Transaction", entry["transaction"] ?? .null),
      ("Authentication Context", entry["authenticationContext"] ?? .null),
      ("Security Context", entry["securityContext"] ?? .null),
      ("Request", entry["request"] ?? .null),
      ("Name", member(entry["actor"], "displayName")),
      ("Email", member(entry["actor"], "alternateId")),
      ("User ID", member(entry["actor"], "id")),
      ("Suspicious Activity Details", debugData == .null ? .null : .text(JSON.text(debugData))),
    ]
  }
}

extension OktaEventOutputs {
  private var targets: [Value] {
    switch entry["target"] {
    case .list(let items): items
    case .object(let only): [.object(only)]
    default: []
    }
  }

  /// The first target of a type.
  private func target(_ type: Text) -> Value? {
    targets.first { member($0, "type") == .text(type) }
  }

  private var factor: Value {
    let others: [Value] = ["User", "UserGroup", "AppInstance", "AppUser"]
    let found = targets.first { !others.contains(member($0, "type")) }
    guard case .object(var factor) = thing(found) else { return .null }
    factor["Detail"] = member(found, "detailEntry")
    return .object(factor)
  }

  /// An actor or target with the four members that cards know.
  private func thing(_ element: Value?) -> Value {
    guard case .object(let object)? = element else { return .null }
    return [
      "ID": object["id"] ?? .null, "Alternate ID": object["alternateId"] ?? .null,
      "Display Name": object["displayName"] ?? .null, "Type": object["type"] ?? .null,
    ]
  }

  private func member(_ value: Value?, _ key: Text) -> Value {
    guard case .object(let object)? = value else { return .null }
    return object[key] ?? .null
  }
}
