internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Flows
internal import Replay
internal import Values

struct FlowCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "What a flow asks of the world, and who would answer if it ran here; nothing is run.",
    discussion: """
      Tables and searches of the System Log are answered from the log; the rest by an answers file \
      (docs/answers.md), by made-up values or, with --live, by the services behind the flow's \
      connections (docs/connections.md).

      EXIT STATUS
        2  a run would end for want of an answer, or at a card that is not supported

      EXAMPLES
        auditcli flow check notify
        auditcli flow check notify --answers answers.json
        auditcli flow check notify --live --connections connections.yaml
        auditcli flow check exports/notify.flopack --json
      """
  )

  @OptionGroup var global: GlobalOptions

  @Argument(help: ArgumentHelp("A version, or a file.", valueName: "f"))
  var flow: String

  @OptionGroup var answers: AnswerOptions
  @OptionGroup var live: LiveOptions

  func validate() throws { try live.refuse(answers) }

  func run() throws {
    let log = try global.openForReading(flows: [flow])
    let version = try NamedFlows(log, secrets: live.connections.place).version(flow)
    let check = FlowCheck(
      version.closure,
      script: try answers.script(),
      isTyped: answers.isTyped,
      services: live.isLive ? LiveWorld.services(try live.connections.services()) : nil
    )
    let secrets = try RunSecrets(live.connections.place).problems(of: version.closure)
    if global.json {
      for secret in secrets { Output.json(Self.line(secret)) }
      for item in check.items { Output.json(Self.line(item)) }
    } else {
      write(secrets)
      write(check, label: version.label, isReady: !live.isLive || secrets.allSatisfy(\.isThere))
    }
    Coverage(size: try log?.size().count ?? 0).write(json: global.json)
    let lacksSecrets = live.isLive && !secrets.allSatisfy(\.isThere)
    if !check.missing.isEmpty || lacksSecrets { throw ExitStatus.found.exit }
  }
}

extension FlowCheckCommand {
  private func write(_ secrets: [RunSecrets.State]) {
    for secret in secrets {
      let found = secret.problem.map { Style.bad($0.visible) } ?? Style.good("there")
      Output.line("secret \(secret.name)  \(found)")
    }
    if !secrets.isEmpty { Output.line("") }
  }

  private static func line(_ secret: RunSecrets.State) -> Object {
    var line: Object = ["secret": .text(secret.name), "there": .boolean(secret.isThere)]
    line["reason"] = secret.problem.map { .text(Text($0)) }
    return line
  }

  private func write(_ check: FlowCheck, label: String, isReady: Bool) {
    if !check.items.isEmpty {
      var table = TextTable("ASKS", "CONNECTION", "EFFECT", "CARDS", "ANSWERED BY", "FLOW")
      for item in check.items {
        table.add(
          item.address.description,
          item.connection?.description ?? "",
          item.effect?.rawValue ?? "",
          String(item.cards),
          Self.words(item.answerer),
          item.flows.map { "\($0)" }.joined(separator: ", ")
        )
        if let reason = item.reason { table.note([reason]) }
      }
      table.write()
      Output.line("")
    }
    let missing = check.missing.count
    guard isReady else {
      Output.line(Style.bad("\(label.visible) would not start: it lacks secrets."))
      return
    }
    let sentence =
      missing == 0
      ? Style.good("\(label.visible) runs here.")
      : Style.bad(
        "\(label.visible) would end at \(missing == 1 ? "one of these" : "\(missing) of these")."
      )
    Output.line(sentence)
  }

  private static func words(_ answerer: FlowCheck.Answerer) -> String {
    switch answerer {
    case .tables: "the log's tables"
    case .log: "the log"
    case .caller: "a reply that is kept"
    case .file: "the answers file"
    case .service: "its service"
    case .typed: "made-up values"
    case .nobody: "nobody"
    case .unsupported: "not supported"
    }
  }

  private static func line(_ item: FlowCheck.Item) -> Object {
    var line: Object = ["address": .text(item.address)]
    line["connection"] = item.connection.map { .text($0) }
    line["effect"] = item.effect.map { .text(Text($0.rawValue)) }
    line["cards"] = .number(Double(item.cards))
    line["answeredBy"] = .text(Text(item.answerer.rawValue))
    line["reason"] = item.reason.map { .text(Text($0)) }
    line["flows"] = .list(item.flows.map { .text($0) })
    return line
  }
}
