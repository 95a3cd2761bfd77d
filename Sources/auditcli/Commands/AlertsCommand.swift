internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Values

struct AlertsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alerts",
    abstract: "Breached credentials: whose, how grave, and what was done about them.",
    discussion: """
      An alert is handled by the execution that carried its evidence and wrote or notified; it is \
      seen by one that carried it and did not. A person's word stands beside: ack, resolve, suppress.

      EXAMPLES
        auditcli alerts
        auditcli alerts --unhandled
        auditcli alerts --status open --json
        auditcli alerts resolve bc-3f0c --note "password changed by phone"
      """,
    subcommands: [
      AlertListCommand.self, AlertAcknowledgeCommand.self, AlertResolveCommand.self,
      AlertSuppressCommand.self,
    ],
    defaultSubcommand: AlertListCommand.self
  )
}

struct AlertListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "The alerts, the latest first.",
    discussion: """
      Below an alert stands what people decided: what, when, who, and why; and which event opened it \
      anew after it was dealt with. Latency is the time from \
      its first event to the end of the execution that handled it.

      EXAMPLES
        auditcli alerts list
        auditcli alerts list --unhandled
        auditcli alerts list --status resolved --json
      """
  )

  @OptionGroup var global: GlobalOptions

  @Option(
    help: ArgumentHelp(
      "Only those that stand so: \(Self.statuses.joined(separator: ", ")).",
      valueName: "status"
    )
  )
  var status: String?

  @Flag(help: "Only those that neither a flow nor a person handled: open or seen.")
  var unhandled = false

  private static let statuses = Alert.statuses.map(\.description)

  func validate() throws {
    guard status == nil || !unhandled else {
      throw ValidationError("Give --status or --unhandled, not both.")
    }
    guard status.map(Self.statuses.contains) ?? true else {
      throw ValidationError(
        "No alert stands so; --status takes \(Self.statuses.joined(separator: ", "))."
      )
    }
  }

  func run() throws {
    let log = try global.openForReading()
    var query = AlertQuery()
    query.status = status.map { Text($0) }
    var table = TextTable("ALERT", "USER", "SEVERITY", "STATUS", "FIRST", "HANDLING", "LATENCY")
    for alert in try AlertView(log).alerts(query) where !unhandled || alert.isUnhandled {
      guard !global.json else {
        if case .object(let line) = alert.json { Output.json(line) }
        continue
      }
      table.add(
        alert.id.description,
        alert.user.description,
        alert.severity.rawValue.description,
        alert.status.description,
        TimeText.of(alert.first),
        alert.handling.rawValue,
        alert.latency.map { "\($0 / 1000) s" } ?? ""
      )
      table.note(alert.decisions.map(Self.sentence))
      table.note(alert.openings.dropFirst().map { "opened anew by the event at \($0)" })
    }
    if !global.json { table.isEmpty ? Output.message("No alert.") : table.write() }
    Coverage(size: try log.size().count).write(json: global.json)
  }
}

extension AlertListCommand {
  private static func sentence(_ decided: Alert.Decided) -> String {
    let note = decided.note.map { ": \($0)" } ?? ""
    let time = TimeText.of(decided.time)
    return "\(decided.decision.rawValue) \(time) by \(decided.actor)\(note)"
  }
}

/// What the three commands that decide about an alert share.
struct AlertDecisionOptions: ParsableArguments {
  @OptionGroup var global: GlobalOptions
  @OptionGroup var actor: ActorOptions

  @Argument(help: ArgumentHelp("The alert.", valueName: "id"))
  var alert: String

  @Option(help: ArgumentHelp("Why; kept with the decision.", valueName: "text"))
  var note: String?

  /// Appends the decision.
  ///
  /// - Throws: `Failure` where there is no such alert.
  func decide(_ decision: AlertDecision) throws {
    let log = try global.openForWriting(creating: false)
    guard let found = try AlertView(log).alert(named: alert) else {
      throw Failure("there is no alert \(alert). `auditcli alerts` lists them.")
    }
    let draft = decision.draft(
      alert: found.id,
      note: (note ?? actor.reason).map { Text($0) },
      actor: Text(actor.claimed)
    )
    try log.append(AppendBatch([draft]))
    if !global.json {
      Output.line("\(found.id) is \(decision.rawValue)")
    } else if let decided = try AlertView(log).alert(found.id),
      case .object(let line) = decided.json
    {
      Output.json(line)
    }
    Coverage(size: try log.size().count).write(json: global.json)
  }
}

struct AlertAcknowledgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ack",
    abstract: "Say that somebody is looking after it.",
    discussion: """
      The id, or its first characters, is as `alerts` lists it. What is said stands until a new event \
      belongs to the alert.

      EXAMPLES
        auditcli alerts ack bc-3f0c --note "calling her"
      """
  )
  @OptionGroup var options: AlertDecisionOptions
  func run() throws { try options.decide(.acknowledged) }
}

struct AlertResolveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resolve",
    abstract: "Say that it is dealt with.",
    discussion: """
      The id, or its first characters, is as `alerts` lists it. What is said stands until a new event \
      belongs to the alert.

      EXAMPLES
        auditcli alerts resolve bc-3f0c --note "password changed by phone"
      """
  )
  @OptionGroup var options: AlertDecisionOptions
  func run() throws { try options.decide(.resolved) }
}

struct AlertSuppressCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suppress",
    abstract: "Say that nothing needs to be done.",
    discussion: """
      The id, or its first characters, is as `alerts` lists it. What is said stands until a new event \
      belongs to the alert.

      EXAMPLES
        auditcli alerts suppress bc-3f0c --note "test account"
      """
  )
  @OptionGroup var options: AlertDecisionOptions
  func run() throws { try options.decide(.suppressed) }
}
