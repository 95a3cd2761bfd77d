internal import ArgumentParser

/// Where the URLs and secrets of recipients are kept.
struct RecipientSecretOptions: ParsableArguments {
  @Option(
    name: .customLong("recipient-secrets"),
    help: ArgumentHelp(
      "The file with the recipients' URLs and secrets.",
      discussion:
        "Default: $AUDITCLI_RECIPIENT_SECRETS, else STORE.recipients.json beside the store",
      valueName: "file"
    )
  )
  var recipientFile: String?
}

extension RecipientSecretOptions {
  /// The file.
  func secrets(_ global: GlobalOptions) -> RecipientSecretFile {
    RecipientSecretFile(recipientFile, besideStore: global.storePath)
  }
}
