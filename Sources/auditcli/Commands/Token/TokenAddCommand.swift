internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Values

struct TokenAddCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Draw a token and show it once.",
    discussion: """
      EXAMPLES
        auditcli token add collector --role read
        auditcli token add on-call --role read --role operate --days 30
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var actor: ActorOptions

  @Option(
    help: ArgumentHelp("What its bearer may do: ingest, read, operate.", valueName: "role"),
    completion: .list(AccessRole.allCases.map(\.rawValue)),
    transform: Self.role
  )
  var role: [AccessRole] = []

  @Option(help: ArgumentHelp("After how many days it opens nothing.", valueName: "n"))
  var days: Int?

  @Argument(help: ArgumentHelp("Whose it is.", valueName: "name"))
  var name: String

  @Sendable private static func role(_ text: String) throws -> AccessRole {
    guard let role = AccessRole(rawValue: text) else {
      throw ValidationError("'\(text)' is no role: take ingest, read or operate.")
    }
    return role
  }

  func validate() throws {
    guard !role.isEmpty else { throw ValidationError("A token needs a --role.") }
    guard days.map((1...36_500).contains) ?? true else {
      throw ValidationError("--days takes between 1 and 36500.")
    }
  }

  func run() throws {
    let log = try global.openForWriting()
    let token = "auditcli_" + Base64.encodeForURL(ProcessWorld.entropy(32)).description
    let until = days.map { ProcessWorld.now() + Int64($0) * 86_400_000 }
    try AccessTokenRegistry(log).add(
      name,
      Array(token.utf8),
      roles: Set(role),
      until: until,
      by: .init(actor: actor.claimed, why: actor.reason)
    )
    if global.json {
      Output.json([
        "token": .text(Text(name)), "secret": .text(Text(token)),
        "roles": .list(AccessRole.allCases.filter(role.contains).map { .text(Text($0.rawValue)) }),
        "until": until.map { .text(Instant(milliseconds: $0).iso8601) } ?? .null,
      ])
    } else {
      Output.message("The token \(name), which is shown only now:")
      Output.line(token)
    }
    Coverage(size: try log.size().count).write(json: global.json)
  }
}
