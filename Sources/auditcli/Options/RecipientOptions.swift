internal import ArgumentParser
internal import Audit
internal import Connectors
internal import Values

/// Which way notices go to a recipient.
struct RecipientWayOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A Slack channel, by its id, reached by a connection of the connection file.",
      valueName: "channel"
    )
  )
  var slack: String?

  @Option(
    help: ArgumentHelp(
      "The file with the URL of a Slack incoming webhook, - for standard input.",
      valueName: "file"
    )
  )
  var slackHookFile: String?

  @Option(
    help: ArgumentHelp(
      "A mail address, reached by a connection with a mail server.",
      valueName: "address"
    )
  )
  var mail: String?

  @Option(
    help: ArgumentHelp(
      "A URL; what goes there is signed by Standard Webhooks 1.0.",
      valueName: "url"
    )
  )
  var webhook: String?

  @Option(
    help: ArgumentHelp(
      "The file with such a URL, - for standard input.",
      valueName: "file"
    )
  )
  var webhookFile: String?

  @Option(
    help: ArgumentHelp(
      "The name of the connection; default: the connector's one without a name.",
      valueName: "name"
    )
  )
  var connection: String?

  @Option(
    help: ArgumentHelp(
      "A private network that a URL may lead into, such as 10.1.0.0/16; may be repeated.",
      valueName: "network"
    )
  )
  var network: [String] = []

  @Option(
    help: ArgumentHelp(
      "Certificates to trust for a URL in place of the system's, as PEM.",
      valueName: "file"
    )
  )
  var certificates: String?
}

extension RecipientWayOptions {
  func validate() throws {
    let given = [slack, slackHookFile, mail, webhook, webhookFile].compactMap { $0 }
    guard given.count == 1 else {
      throw ValidationError(
        "Give one of --slack, --slack-hook-file, --mail, --webhook and --webhook-file."
      )
    }
    let hasURL = slackHookFile != nil || webhook != nil || webhookFile != nil
    guard !hasURL || connection == nil else {
      throw ValidationError("--connection belongs to --slack and --mail.")
    }
    guard hasURL || network.isEmpty && certificates == nil else {
      throw ValidationError(
        "--network and --certificates belong to URLs; those of a connection stand in its file."
      )
    }
    if let slack, !Self.isChannel(slack) {
      throw ValidationError("'\(slack)' is no channel, such as C0123456789.")
    }
    if let mail, !Self.isMail(mail) {
      throw ValidationError("'\(mail)' is no mail address, such as security@example.com.")
    }
  }

  /// The recipient, and its URL where it has one.
  ///
  /// - Throws: `Failure` where a URL cannot be posted to.
  func recipient(_ name: String, _ terms: NoticeTerms) throws -> (Recipient, url: String?) {
    let certificates = try certificates.map { try CertificateFile($0).path }
    func made(_ way: Recipient.Way, _ target: String) -> Recipient {
      Recipient(
        name: name,
        way: way,
        target: target,
        connection: connection,
        networks: network,
        certificates: certificates,
        terms: terms
      )
    }
    if let slack { return (made(.slack, slack), nil) }
    if let mail { return (made(.mail, mail), nil) }
    let url =
      try webhook.map { RecipientURL($0) }
      ?? RecipientURL(file: webhookFile ?? slackHookFile ?? "-")
    let way = slackHookFile == nil ? Recipient.Way.webhook : .slackHook
    return (try url.recipient(like: made(way, "")), url.text)
  }

  private static func isChannel(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 100
      && text.unicodeScalars.allSatisfy {
        !$0.properties.isWhitespace && $0.properties.generalCategory != .control
      }
  }

  private static func isMail(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
      && text.utf8.allSatisfy { $0 > 32 && $0 < 127 && !"<>()[],;:\\\"".utf8.contains($0) }
  }
}

/// What a recipient is told of.
struct NoticeTermOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "When to tell, with commas between: new, unhandled, reopened.",
      valueName: "reasons"
    )
  )
  var on = "new,unhandled,reopened"

  @Option(
    help: ArgumentHelp(
      "After how long an alert counts as unhandled, such as 90s, 2h; default: 15m.",
      valueName: "time"
    ),
    transform: SpanArgument.init(parsing:)
  )
  var after = SpanArgument(milliseconds: 15 * 60_000)

  @Option(help: ArgumentHelp("The least grave alerts: low, medium, high.", valueName: "severity"))
  var severity = "low"

  @Option(
    help: ArgumentHelp(
      "Only alerts that speak for this origin, such as an org's URL; may be repeated.",
      valueName: "origin"
    )
  )
  var origin: [String] = []

  @Option(
    help: ArgumentHelp(
      "How old an event may be when it comes in, such as 12h; what is older is history; default: 7d.",
      valueName: "time"
    ),
    transform: SpanArgument.init(parsing:)
  )
  var within = SpanArgument(milliseconds: NoticeTerms.usualWithin)
}

extension NoticeTermOptions {
  func validate() throws { _ = try terms() }

  /// The terms.
  func terms() throws -> NoticeTerms {
    let words = on.split(separator: ",").map(String.init)
    let reasons = words.compactMap(NoticeReason.init)
    guard !words.isEmpty, reasons.count == words.count else {
      throw ValidationError("--on takes new, unhandled and reopened, with commas between.")
    }
    guard let severity = AlertSeverity(rawValue: severity) else {
      throw ValidationError("--severity takes low, medium or high.")
    }
    for origin in origin where !OriginArgument.isOrigin(origin) {
      throw ValidationError(
        "'\(origin)' is no origin. Give a URL or a host, such as https://acme.okta.com."
      )
    }
    return NoticeTerms(
      reasons: Set(reasons),
      after: after.milliseconds,
      severity: severity,
      origins: origin,
      within: within.milliseconds
    )
  }
}

/// A length of time on the command line, such as `90s`, `15m`, `2h` or `7d`.
struct SpanArgument {
  let milliseconds: Int64

  init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  /// Reads a whole number and its unit.
  ///
  /// - Throws: `ValidationError` with the accepted forms.
  init(parsing argument: String) throws {
    let units: [Character: Int64] = ["s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000]
    guard let unit = argument.last.flatMap({ units[$0] }), let number = Int64(argument.dropLast()),
      number >= 0, number <= 100_000
    else { throw ValidationError("a length of time is written 90s, 15m, 2h or 7d") }
    milliseconds = number * unit
  }
}
