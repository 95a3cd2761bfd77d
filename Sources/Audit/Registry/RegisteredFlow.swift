internal import Flows
public import Values

/// One version of a flow, as the log knows it.
public struct RegisteredFlow: Hashable, Sendable {
  /// The flow's id in its export.
  public let flow: Text
  /// The flow's name.
  public let name: Text
  /// Its number among the versions of the flow, from 1.
  public let version: Int
  /// The hash of its closure, in hexadecimal.
  public let hash: Text
  /// Whether it is the version that events start.
  public var isActive: Bool
  /// How it begins, in one word.
  public let trigger: Text
  /// The event that starts it, as `connector:method`, where its trigger is a connector's event.
  public let event: Text?
  /// How many cards it has, those of inline bodies among them.
  public let cardCount: Int
  /// The addresses of the card types in its closure that the engine does not run.
  public let unsupported: [Text]
  /// The position of its registration.
  public let position: UInt64
  /// The hash its definition is stored under, 32 bytes in hexadecimal.
  public let definition: Text
}

extension RegisteredFlow {
  /// `name@version`.
  public var label: Text { name + "@" + Text(String(version)) }
}

extension RegisteredFlow {
  var value: Value {
    [
      "flow": .text(flow), "name": .text(name), "version": .number(Double(version)),
      "hash": .text(hash), "trigger": .text(trigger), "event": event.map { .text($0) } ?? .null,
      "cards": .number(Double(cardCount)), "unsupported": .list(unsupported.map { .text($0) }),
      "definition": .text(definition),
    ]
  }

  init?(_ value: Value, position: UInt64) {
    guard case .object(let object) = value, case .text(let flow)? = object["flow"],
      case .text(let name)? = object["name"], case .number(let version)? = object["version"],
      case .text(let hash)? = object["hash"], case .text(let trigger)? = object["trigger"],
      case .number(let cards)? = object["cards"],
      case .list(let unsupported)? = object["unsupported"],
      case .text(let definition)? = object["definition"], let number = Int(exactly: version),
      let cardCount = Int(exactly: cards)
    else { return nil }
    self.flow = flow
    self.name = name
    self.version = number
    self.hash = hash
    self.trigger = trigger
    event = if case .text(let event)? = object["event"] { event } else { nil }
    self.cardCount = cardCount
    self.unsupported = unsupported.compactMap { item in
      if case .text(let address) = item { address } else { nil }
    }
    self.definition = definition
    self.position = position
    isActive = false
  }
}
