internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Values

struct TokenListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the tokens, with what they open and since when.",
    discussion: """
      EXAMPLES
        auditcli token list
        auditcli --json token list
      """
  )

  @OptionGroup var global: GlobalOptions

  func run() throws {
    let log = try global.openForReading()
    let tokens = try AccessTokenRegistry(log).list()
    let now = ProcessWorld.now()
    if global.json {
      for token in tokens { Output.json(Self.line(token, now)) }
    } else if tokens.isEmpty {
      Output.line("There is no token; `auditcli token add NAME --role read` adds one.")
    } else {
      var table = TextTable(["TOKEN", "ROLES", "SINCE", "UNTIL", "BY"])
      for token in tokens { table.add(Self.row(token, now)) }
      table.write()
    }
    Coverage(size: try log.size().count).write(json: global.json)
  }

  private static func roles(_ token: AccessToken) -> [String] {
    AccessRole.allCases.filter(token.roles.contains).map(\.rawValue)
  }

  private static func row(_ token: AccessToken, _ now: Int64) -> [String] {
    [
      token.name, roles(token).joined(separator: ", "), TimeText.of(token.since),
      token.until.map { TimeText.of($0) + (token.isValid(at: now) ? "" : " (over)") } ?? "",
      token.actor,
    ]
  }

  private static func line(_ token: AccessToken, _ now: Int64) -> Object {
    [
      "token": .text(Text(token.name)), "roles": .list(roles(token).map { .text(Text($0)) }),
      "valid": .boolean(token.isValid(at: now)),
      "since": .text(Instant(milliseconds: token.since).iso8601),
      "until": token.until.map { .text(Instant(milliseconds: $0).iso8601) } ?? .null,
      "actor": .text(Text(token.actor)), "position": .number(Double(token.position.rawValue)),
    ]
  }
}
