internal import ArgumentParser

/// Where hooks' credentials are kept.
struct HookSecretOptions: ParsableArguments {
  @Option(
    name: .customLong("secrets"),
    help: ArgumentHelp(
      "The file with the hooks' secrets.",
      discussion: "Default: $AUDITCLI_HOOK_SECRETS, else STORE.hooks.json beside the store",
      valueName: "file"
    )
  )
  var file: String?
}

extension HookSecretOptions {
  /// The file.
  func secrets(_ global: GlobalOptions) -> HookSecrets {
    HookSecrets(file, besideStore: global.storePath)
  }
}
