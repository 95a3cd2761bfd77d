public import Values

/// Why a run cannot have one of a flow's secrets.
public struct SecretProblem: Error, Hashable, Sendable {
  /// What is wrong.
  public enum Reason: Hashable, Sendable {
    /// There is none of that name.
    case missing
    /// There is no key to tell with whether it is the one that the flow was added with.
    case noKey
    /// It is another than the one that the flow was added with.
    case differs
  }

  /// The secret's name.
  public let name: Text
  /// What is wrong.
  public let reason: Reason
}

extension SecretValues {
  /// What is wrong with the secrets of a closure, in the order in which the definition has them.
  public func problems(of closure: FlowClosure) -> [SecretProblem] {
    closure.secrets.compactMap { reference in
      guard let value = values[reference.name] else {
        return SecretProblem(name: reference.name, reason: .missing)
      }
      guard let digest else { return SecretProblem(name: reference.name, reason: .noKey) }
      return digest.digest(of: .text(value)) == reference.digest
        ? nil : SecretProblem(name: reference.name, reason: .differs)
    }
  }
}
