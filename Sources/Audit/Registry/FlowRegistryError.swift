public import EventStore
internal import Values

/// Why a flow could not be found or registered.
public enum FlowRegistryError: Error {
  /// No flow has that name, id or hash.
  case unknown(String)
  /// The flow has other versions.
  case noVersion(String, versions: [Int])
  /// Several flows have that name or hash; any candidate names one.
  case ambiguous(String, candidates: [RegisteredFlow])
  /// The definition of a registered flow cannot be read.
  case unreadableDefinition(RegisteredFlow)
  /// An event about a flow does not decode.
  case malformedEvent(position: Position)
}

extension FlowRegistryError: CustomStringConvertible {
  /// What is wrong and what to do about it.
  public var description: String {
    switch self {
    case .unknown(let name):
      "no flow is called \(name). `auditcli flow list` shows them; `auditcli flow add` adds one."
    case .noVersion(let name, let versions):
      "\(name) has \(Self.list(versions)). `auditcli flow list` shows them."
    case .ambiguous(let name, let candidates):
      """
      \(name) could be any of these; name one by its hash or id:
      \(candidates.map { "  \($0.hash.description.prefix(12))  \($0.flow)  \($0.label)" }
        .joined(separator: "\n"))
      """
    case .unreadableDefinition(let flow):
      "the definition of \(flow.label) cannot be read. Run `auditcli verify --deep`."
    case .malformedEvent(let position): "the event at position \(position) does not decode"
    }
  }

  private static func list(_ versions: [Int]) -> String {
    let words = versions.map(String.init)
    guard words.count > 1, let last = words.last else { return "version \(words.joined()) only" }
    return "versions \(words.dropLast().joined(separator: ", ")) and \(last)"
  }
}
