internal import ArgumentParser
internal import Foundation

/// Who changes something, and why; both are kept with what is changed.
struct ActorOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Who is asking; kept with what is changed.",
      discussion: "Default: $AUDITCLI_ACTOR, else user@host",
      valueName: "who"
    )
  )
  var actor: String?

  @Option(name: .long, help: ArgumentHelp("Why; kept with what is changed.", valueName: "text"))
  var why: String?
}

extension ActorOptions {
  /// Why it is asked, if told.
  var reason: String? { why ?? ProcessWorld.variable("AUDITCLI_WHY") }

  /// Who is asking, as claimed.
  var claimed: String {
    actor ?? ProcessWorld.variable("AUDITCLI_ACTOR")
      ?? "\(NSUserName())@\(ProcessInfo.processInfo.hostName)"
  }
}
