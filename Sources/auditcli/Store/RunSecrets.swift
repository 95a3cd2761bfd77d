internal import Connectors
internal import Flows
internal import Values

/// The secrets of flows that are run, out of the file of connections.
struct RunSecrets {
  private let place: ConnectionPlace

  init(_ place: ConnectionPlace) {
    self.place = place
  }

  /// The secrets for a run without services; what the file lacks is replaced by its name, and told.
  ///
  /// - Throws: `Failure` where the file has another secret under a name.
  func forLocalRun(of closure: FlowClosure) throws -> SecretValues? {
    try values(for: closure) { missing in
      Output.message(
        "\(place.path) lacks the secrets of this flow, so the run goes on with their names in their place: "
          + missing.joined(separator: ", ")
      )
    }
  }

  /// The secrets for a run with services.
  ///
  /// - Throws: `Failure` where the file lacks one, or has another under its name.
  func forLiveRun(of closure: FlowClosure) throws -> SecretValues? {
    try values(for: closure) { missing in
      throw Failure(
        "\(place.path) lacks secrets of this flow: " + missing.joined(separator: ", ")
          + ". Add its export again with `auditcli flow add`, or write them into the file "
          + "(docs/connections.md)."
      )
    }
  }

  private func values(
    for closure: FlowClosure,
    missing: ([String]) throws -> Void
  ) throws -> SecretValues? {
    if closure.secrets.isEmpty { return nil }
    let file = try place.read()
    let values = try file.secrets.values()
    let problems = values.problems(of: closure)
    let wrong = problems.filter { $0.reason != .missing }
    guard wrong.isEmpty else {
      throw Failure(wrong.map { Self.sentence($0, place, file) }.joined(separator: "\n"))
    }
    if !problems.isEmpty { try missing(problems.map(\.name.description)) }
    return values
  }

  /// A secret of a flow, and what is wrong with it.
  struct State {
    let name: Text
    /// As a sentence; nil where a run can have it.
    let problem: String?
    /// Whether a run can have it.
    var isThere: Bool { problem == nil }
  }

  /// The secrets of a flow, in the order in which its definition has them.
  func problems(of closure: FlowClosure) throws -> [State] {
    if closure.secrets.isEmpty { return [] }
    let file = try place.read()
    let problems = try file.secrets.values().problems(of: closure)
    return closure.secrets.map { secret in
      State(
        name: secret.name,
        problem: problems.first { $0.name == secret.name }.map { Self.sentence($0, place, file) }
      )
    }
  }

  private static func sentence(
    _ problem: SecretProblem,
    _ place: ConnectionPlace,
    _ file: ConnectionFile
  ) -> String {
    let name = problem.name
    switch problem.reason {
    case .missing:
      do {
        _ = try file.secrets.secret(named: name)
      } catch {
        return "the secret \(name) cannot be had: \(error)"
      }
      return
        "\(place.path) has no secret \(name): add the flow's export again, or write it below \"secrets\""
    case .noKey:
      return
        "\(place.path) has no \"secretKey\", so nobody can tell whether the secret \(name) is the one "
        + "that the flow was added with; take the file that it was added with"
    case .differs:
      return
        "the secret \(name) in \(place.path) is not the one that the flow was added with: add the "
        + "flow's new export, or put the old secret back"
    }
  }
}
