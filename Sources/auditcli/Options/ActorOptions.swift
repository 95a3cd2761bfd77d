internal import ArgumentParser
internal import Foundation

/// Who changes something, and why; both are kept with what is changed.
struct ActorOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Who is asking; kept with what is changed.", discussion: "Default: user@host",
      valueName: "who"))
  var actor: String?

  @Option(name: .long, help: ArgumentHelp("Why; kept with what is changed.", valueName: "text"))
  var why: String?
}

extension ActorOptions {
  /// Who is asking, as claimed.
  var claimed: String {
    actor ?? "\(NSUserName())@\(ProcessInfo.processInfo.hostName)"
  }
}
