public import Flows
internal import Values

/// How one method of a connector is asked and what its answer means.
public struct MethodDescription: Sendable {
  /// What a method does.
  enum Action: Sendable {
    case http(RequestTemplate)
    case mail(MailTemplate)
  }

  /// A request whose answer another request of the method needs.
  struct Lookup: Sendable {
    /// The name under which the value is read, `lookup/name`.
    let name: Text
    let request: RequestTemplate
    let path: [Text]
  }

  /// The method's name in exports; one that ends in `*` is for all that begin so.
  public let name: String
  /// What it does, in words.
  public let title: String
  /// What sending it twice does; nil where the verb of the request tells.
  public let effect: DeclaredEffect?
  let action: Action
  /// What the inputs must be for this way of the method to be meant.
  let conditions: [(name: Text, value: Text)]
  let lookups: [Lookup]
  let question: MethodQuestion?
  /// The field that carries the key of a request that is done once.
  let keyField: String?
  let records: RecordRules?
  let outputs: [OutputRule]
  private(set) var failures: FailureRules

  /// Where an output comes from: as a rule for it says, else one for those that begin so.
  func rule(for output: Text) -> OutputRule? {
    outputs.first { $0.name == output } ?? outputs.first { $0.covers(output) }
  }

  /// What sending a request with these inputs twice does.
  func effect(_ inputs: Object) -> DeclaredEffect {
    guard effect == nil, case .http(let request) = action else { return effect ?? .unsafe }
    return DeclaredEffect(verb: request.verb.text(inputs) { $0 }.description.uppercased())
  }

  /// What it asks, in short: a verb and an address, or that it sends mail.
  public var summary: String {
    guard case .http(let request) = action else { return "a mail" }
    return "\(request.verb.written) \(request.url.written)"
  }

  /// The method with other places for the message of a failure.
  func telling(_ messages: [[Text]]) -> MethodDescription {
    var method = self
    method.failures.messages = messages
    return method
  }

  /// Whether a request with these inputs is meant.
  func holds(for inputs: Object) -> Bool {
    conditions.allSatisfy { inputs.input($0.name).written == $0.value }
  }

  /// Whether exports mean it by a name.
  func isCalled(_ name: String) -> Bool {
    self.name.hasSuffix("*")
      ? name.lowercased().hasPrefix(self.name.dropLast().lowercased()) : self.name == name
  }
}
