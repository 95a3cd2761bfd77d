/// Why a hook's file cannot be used.
public enum HookFileError: Error, Hashable {
  /// It is not JSON.
  case notJSON(reason: String)
  /// A member is missing or of another kind.
  case wrong(member: String, wants: String)
  /// A member that hooks do not have.
  case unknown(member: String)
  /// A member that a hook's event types do not have.
  case unknownOfEvent(type: String, member: String)
  /// A filter cannot be read.
  case filter(type: String, HookExpressionError)
}

extension HookFileError: CustomStringConvertible {
  /// The member that is wrong and what belongs there.
  public var description: String {
    switch self {
    case .notJSON(let reason): "the hook's file is not JSON: \(reason)"
    case .wrong(let member, let wants):
      member.isEmpty ? "a hook's file is \(wants)" : "a hook's `\(member)` is \(wants)"
    case .unknown(let member):
      "a hook has no `\(member)`; it has name, flow, origin, format, proof, field, path and events"
    case .unknownOfEvent(let type, let member):
      "the hook's \(type) has no `\(member)`; an event has type and filter"
    case .filter(let type, let error): "the hook's filter for \(type): \(error)"
    }
  }
}
