/// Why a pattern cannot be used, or could not be looked for.
public enum RegularExpressionError: Error, Hashable, Sendable {
  /// JavaScript would refuse the pattern, at a place counted in UTF-16 units from 0.
  case syntax(String, at: Int)
  /// JavaScript takes the pattern, and this engine does not.
  case unsupported(String)
  /// The search takes more steps or memory than one may.
  case tooManySteps
}

extension RegularExpressionError: CustomStringConvertible {
  /// What is wrong with the pattern, or what to do about it.
  public var description: String {
    switch self {
    case .syntax(let reason, let place): "\(reason) at position \(place) of the pattern"
    case .unsupported(let feature): "\(feature) is not supported in patterns"
    case .tooManySteps:
      "the pattern takes too many steps on this text; repetitions inside repetitions are often why"
    }
  }
}
