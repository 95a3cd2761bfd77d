public import Flows
public import Values

/// What a request does to the world, as the names of its connector's method and options tell.
///
/// A recorded read answers as often as it is asked; all else was done once. What no rule knows is a
/// write, so that nothing is taken for harmless by mistake.
public enum EffectClass: String, Hashable, Sendable, CaseIterable {
  /// The request asks, and asking again does no harm.
  case read
  /// The request may change something, or tells somebody.
  case write
  /// The request answers whoever called the flow.
  case reply
}

extension EffectClass {
  /// The class of a method without regard to options.
  public init(of method: ConnectorMethod) { self.init(method) }

  /// The class of a request to a connector.
  ///
  /// Cards that send any HTTP request are classed by the verb that their options name.
  public init(_ request: ConnectorRequest) {
    self.init(request.method, options: request.options, inputs: request.inputs)
  }

  /// The class of a recorded request; clock, random numbers and zones are read, waiting is not.
  public init(recorded request: Value) {
    guard case .object(let object) = request, case .text(let method)? = object["method"] else {
      self = .write
      return
    }
    guard case .text(let connector)? = object["connector"] else {
      self = method == "wait" ? .write : .read
      return
    }
    self.init(
      ConnectorMethod(connector: connector, method: method),
      options: object.object("options"),
      inputs: object.object("inputs")
    )
  }

  /// The class of a connector's method with the options and inputs of its card.
  public init(_ method: ConnectorMethod, options: Object = Object(), inputs: Object = Object()) {
    if method == .close || method.isPause {
      self = .reply
    } else if let verb = MethodName.verb(in: options) ?? MethodName.verb(in: inputs) {
      self = ["get", "head", "options"].contains(verb) ? .read : .write
    } else {
      self = MethodName.asks(method.method) ? .read : .write
    }
  }
}

/// What the names of methods and options say.
private enum MethodName {
  private static let asking: [Text] = [
    "read", "get", "list", "search", "find", "lookup", "count", "download", "export", "fetch",
    "query", "check", "describe", "head", "build", "validate", "is", "look", "retrieve", "show",
    "stream", "view",
  ]
  private static let changing: [Text] = [
    "create", "update", "delete", "add", "remove", "assign", "unassign", "set", "send", "post",
    "put", "patch", "clear", "reset", "activate", "deactivate", "suspend", "enable", "disable",
    "revoke", "close", "open", "trigger", "bulk", "import", "upload", "forward", "link", "map",
    "push", "invoke", "run", "move", "copy", "sign", "approve", "deny",
  ]

  /// Whether the first verb in a method's name is one that asks.
  static func asks(_ method: Text) -> Bool {
    for word in words(of: method) {
      if asking.contains(word) { return true }
      if changing.contains(word) { return false }
    }
    return false
  }

  /// The words of `fprGetDetails_4X`, in lower case.
  private static func words(of name: Text) -> [Text] {
    var words: [[UInt8]] = [[]]
    for byte in name.bytes {
      let isUpper = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
      let isLower = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      if isUpper || !isLower { words.append([]) }
      if isUpper || isLower { words[words.count - 1].append(byte | 0x20) }
    }
    return words.filter { !$0.isEmpty }.map { Text(wtf8: $0) }
  }

  /// The verb of an HTTP request among a card's options or inputs, in lower case.
  ///
  /// Connectors call it `requestType`, `Request/Method` or `request_type_QBJ3VI`.
  static func verb(in members: Object) -> Text? {
    for (key, value) in members {
      guard case .text(let verb) = value, !verb.isEmpty else { continue }
      let name = key.split(separator: "/").last ?? key
      let letters = Text(wtf8: name.lowercased().bytes.filter { $0 != 0x20 && $0 != 0x5F })
      if letters == "method" || letters == "httpmethod" || letters.hasPrefix("requesttype") {
        return verb.lowercased()
      }
    }
    return nil
  }
}

extension Object {
  /// The object under a key, empty where there is none.
  func object(_ key: Text) -> Object {
    if case .object(let members)? = self[key] { members } else { Object() }
  }
}
