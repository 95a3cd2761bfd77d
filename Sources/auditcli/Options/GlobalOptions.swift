internal import ArgumentParser
internal import Foundation

/// The options every command takes, before its name or after.
struct GlobalOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The folder the store is in.",
      discussion: "Default: $AUDITCLI_STORE, else ./auditcli.store",
      valueName: "dir"
    )
  )
  var store: String?

  @Flag(name: .long, help: "Write JSON Lines with stable keys instead of text.")
  var json = false
}

extension GlobalOptions {
  /// The folder the store is in.
  var storePath: String {
    store ?? ProcessWorld.variable("AUDITCLI_STORE") ?? "auditcli.store"
  }
}
