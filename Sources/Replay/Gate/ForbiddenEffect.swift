public import Values

/// Effects that a gate forbids: of a connector or its methods, or of any.
public struct ForbiddenEffect: Hashable, Sendable {
  /// What becomes of an effect.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// It was not before.
    case new
    /// It is no more.
    case missing
    /// It comes at another place among the others.
    case reordered
    /// It is another: its inputs, options, connection or method.
    case changed
  }

  /// What must not become of them.
  public let kinds: [Kind]
  /// The connectors; none means any.
  public let connectors: [Text]
  /// The methods of the connectors; none means any.
  public let methods: [Text]

  /// Makes a rule.
  public init(_ kinds: [Kind], connectors: [Text] = [], methods: [Text] = []) {
    self.kinds = kinds
    self.connectors = connectors
    self.methods = methods
  }
}

extension ForbiddenEffect {
  /// The rule in words: `new or missing effects of okta, method createUser`.
  var words: String {
    let what = "\(Self.list(kinds.map(\.rawValue))) effects"
    let of = connectors.isEmpty ? "" : " of \(Self.list(connectors.map(\.description)))"
    let by = methods.isEmpty ? "" : ", method \(Self.list(methods.map(\.description)))"
    return what + of + by
  }

  private static func list(_ words: [String]) -> String { words.joined(separator: " or ") }

  /// Whether a change is one of such an effect.
  func contains(_ change: Change) -> Bool {
    guard let kind = Kind(change.kind), kinds.contains(kind) else { return false }
    return names(in: change).contains { matches($0) }
  }

  /// What is asked, before and now where that differs.
  private func names(in change: Change) -> [Text] {
    var names = change.effect.map { [$0] } ?? []
    if change.kind == .method, case .text(let before)? = change.before { names.append(before) }
    return names
  }

  private func matches(_ effect: Text) -> Bool {
    let parts = effect.split(separator: ":")
    guard parts.count == 2 else { return connectors.isEmpty && methods.isEmpty }
    return (connectors.isEmpty || connectors.contains(parts[0]))
      && (methods.isEmpty || methods.contains(parts[1]))
  }
}

extension ForbiddenEffect.Kind {
  /// What a change means for an effect, nil for one of the execution itself.
  init?(_ kind: ChangeKind) {
    switch kind {
    case .new: self = .new
    case .missing: self = .missing
    case .reordered: self = .reordered
    case .arguments, .options, .connection, .method: self = .changed
    case .result, .response, .error, .status, .wouldNotStart: return nil
    }
  }
}
