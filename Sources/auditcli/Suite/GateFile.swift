internal import Connectors
internal import Replay
internal import Values

/// A file of a gate's rules.
struct GateFile {
  /// What messages call it.
  let name: String
  let gate: Gate

  /// Reads a file.
  ///
  /// - Throws: `ConfigurationError` with the line and member at fault; `Failure` where it cannot be read.
  init(_ path: String) throws {
    name = path
    let root = try ConfigurationNode(InputFile(path).bytes, file: path)
    let members = try root.members(known: Self.keys.union(["flows"]))
    let rules = try Self.rules(members, basedOn: Gate.Rules())
    var flows: [Text: Gate.Rules] = [:]
    for (name, node) in try members["flows"]?.members() ?? [] {
      flows[Text(name)] = try Self.rules(try node.members(known: Self.keys), basedOn: rules)
    }
    gate = Gate(rules, flows: flows)
  }

  private static let keys: Set<String> = ["allow", "forbid", "proof", "limit"]

  /// The rules of some members; what is not among them is as in the rules for all.
  private static func rules(
    _ members: [String: ConfigurationNode],
    basedOn base: Gate.Rules
  ) throws -> Gate.Rules {
    var rules = base
    if let node = members["allow"] { rules.allow = try node.itemsOrOne().map(verdict) }
    if let node = members["forbid"] { rules.forbid = try node.items().map(effect) }
    if let node = members["proof"] {
      rules.proofs = try node.itemsOrOne().map { try $0.word(Proof.self) }
    }
    if let node = members["limit"] {
      for (name, number) in try node.members(known: Set(Gate.Limit.allCases.map(\.rawValue))) {
        guard let limit = Gate.Limit(rawValue: name) else { continue }
        rules.limits[limit] = try number.integer(0...1_000_000_000)
      }
    }
    return rules
  }

  private static func verdict(_ node: ConfigurationNode) throws -> VerdictSelection.Item {
    guard let item = VerdictSelection.Item(parsing: try node.text()) else {
      let verdicts = Verdict.allCases.map(\.rawValue).joined(separator: ", ")
      let kinds = ChangeKind.allCases.map(\.rawValue).joined(separator: ", ")
      throw node.error("it must be one of \(verdicts), or behind one and a colon one of \(kinds)")
    }
    return item
  }

  private static func effect(_ node: ConfigurationNode) throws -> ForbiddenEffect {
    let members = try node.members(known: ["effect", "connector", "method"])
    guard let kinds = try members["effect"]?.itemsOrOne(), !kinds.isEmpty else {
      let known = ForbiddenEffect.Kind.allCases.map(\.rawValue).joined(separator: ", ")
      throw node.error("it needs effect: one or some of \(known)")
    }
    return ForbiddenEffect(
      try kinds.map { try $0.word(ForbiddenEffect.Kind.self) },
      connectors: try names(members["connector"]),
      methods: try names(members["method"])
    )
  }

  private static func names(_ node: ConfigurationNode?) throws -> [Text] {
    guard let node else { return [] }
    let items = try node.itemsOrOne()
    guard !items.isEmpty else { throw node.error("it names nothing; leave it out to mean any") }
    return try items.map { Text(try $0.text()) }
  }
}

extension GateFile {
  /// A judge of comparisons.
  var judge: GateJudge { GateJudge(gate) }

  /// What a judge says.
  func outcome(_ judge: GateJudge) -> GateOutcome {
    GateOutcome(file: name, broken: judge.broken, hasCompared: judge.compared > 0)
  }
}

/// What became of a gate.
struct GateOutcome {
  /// The file of its rules.
  let file: String
  let broken: [BrokenRule]
  /// Whether anything was compared; where nothing was, nothing was tested.
  let hasCompared: Bool

  /// Whether all is as the gate has it.
  var isPassed: Bool { broken.isEmpty && hasCompared }

  /// What the exit status of the command is.
  var status: ExitStatus { isPassed ? .done : broken.isEmpty ? .couldNot : .found }
}
