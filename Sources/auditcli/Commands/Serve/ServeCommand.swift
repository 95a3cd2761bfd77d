internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Foundation
internal import Server
internal import Values

struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Take in what other systems deliver over HTTP, and run the flows that it starts.",
    discussion: """
      Okta's event hooks, Slack, Typeform, Google Forms, Standard Webhooks and others deliver to the \
      hooks that `auditcli hook add` has added. What is answered with success is durable, and starts \
      the active flows that wait for it, once, with the services of the file of connections; callers \
      of an API endpoint get its flow's answer. `auditcli token add` says who may look at what it \
      does, `auditcli runner pause` keeps it from starting anything. It ends \
      at an interrupt (Ctrl-C) or a termination signal, when what was taken in is answered and what \
      runs has ended; what was cut off all the same is taken up by the next. Recipients (`auditcli \
      recipient add`) are told of alerts of breached credentials.

      Flows with a schedule start by themselves; `auditcli schedule list` shows when. What was missed \
      while nobody served is told of and not caught up (docs/schedules.md).

      Without a certificate it speaks plain HTTP, and belongs behind a proxy that does TLS.

      EXAMPLES
        auditcli serve
        auditcli serve --listen 0.0.0.0:8443 --certificate chain.pem --key key.pem
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var secrets: HookSecretOptions
  @OptionGroup var actor: ActorOptions
  @OptionGroup var services: ConnectionOptions
  @OptionGroup var saving: SavingOptions
  @OptionGroup var recipients: RecipientSecretOptions

  @Flag(help: "Take in what comes, start no flow, by a schedule neither, and tell no recipient.")
  var ingestOnly = false

  @Option(help: ArgumentHelp("How many executions run at once.", valueName: "n"))
  var workers = 4

  @Option(
    help: ArgumentHelp(
      "How often an API endpoint may be called in a second; 0 for any number.",
      valueName: "n"
    )
  )
  var calls = 10

  @Option(
    help: ArgumentHelp(
      "Where it listens; port 0 takes any that is free.",
      valueName: "host:port"
    )
  )
  var listen = "127.0.0.1:8080"

  @Option(
    help: ArgumentHelp("The server's certificate and those behind it, as PEM.", valueName: "file")
  )
  var certificate: String?

  @Option(help: ArgumentHelp("The certificate's key, as PEM.", valueName: "file"))
  var key: String?

  @Option(
    help: ArgumentHelp("How many connections of senders are open at once.", valueName: "n")
  )
  var open = 1024

  @Option(
    help: ArgumentHelp(
      "What is told on standard error: text, what goes wrong; json, that and each request as JSON.",
      valueName: "format"
    )
  )
  var log = ServeMessages.Format.text

  @Option(
    name: .customLong("public-url"),
    help: ArgumentHelp(
      "Where clients find the server, as links in its answers name it.",
      discussion:
        "Default: the host that a request names. Behind a proxy that does TLS it has to be given",
      valueName: "url"
    )
  )
  var publicURL: String?

  @Option(
    help: ArgumentHelp(
      "How many requests to /api/v1/logs each token may make in a minute.",
      valueName: "n"
    )
  )
  var logRequests = 600

  func validate() throws {
    if let publicURL, !Self.isPublic(publicURL) {
      throw ValidationError(
        "--public-url takes a scheme, a host and perhaps a path, such as https://audit.example.com."
      )
    }
    guard logRequests > 0 else { throw ValidationError("--log-requests takes a number from 1 on.") }
    guard Self.address(listen) != nil else {
      throw ValidationError("'\(listen)' is no HOST:PORT, such as 127.0.0.1:8080.")
    }
    guard (certificate == nil) == (key == nil) else {
      throw ValidationError("--certificate and --key belong together.")
    }
    guard open > 0, workers > 0, calls >= 0 else {
      throw ValidationError("--open and --workers take a number from 1 on, --calls one from 0 on.")
    }
  }

  /// Whether a URL can stand before the paths of links: they bring their own query.
  private static func isPublic(_ text: String) -> Bool {
    let isPlain = text.utf8.allSatisfy {
      (0x21...0x7E).contains($0) && !#"<>"\^`{|}"#.utf8.contains($0)
    }
    guard isPlain, let url = URLComponents(string: text),
      ["http", "https"].contains(url.scheme?.lowercased() ?? ""), !(url.host ?? "").isEmpty
    else { return false }
    return url.user == nil && url.password == nil && url.query == nil && url.fragment == nil
  }

  private static func address(_ text: String) -> (host: String, port: Int)? {
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...])
    else { return nil }
    var host = String(text[..<colon])
    if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
    return host.isEmpty ? nil : (host, Int(port))
  }

  func run() throws {
    guard let (host, port) = Self.address(listen) else { return }
    try CoreFiles.forbid()
    let messages = ServeMessages(self.log)
    let log = try global.openForWriting(tell: messages.report)
    let server = AuditServer(
      log,
      ServerSettings(
        host: host,
        port: port,
        tls: certificate.flatMap { file in key.map { .init(certificates: file, key: $0) } },
        connections: open,
        workers: workers,
        callsPerSecond: calls,
        publicURL: publicURL,
        logRequestsPerMinute: logRequests
      ),
      credentials: secrets.secrets(global).read,
      clock: ServerClock(ProcessWorld.now),
      entropy: { ProcessWorld.entropy($0) },
      starter: ingestOnly ? nil : try ServedFlows(liveRun(log)).starter,
      zones: LocalWorld.zones,
      notices: ingestOnly ? nil : noticeSender,
      report: messages.report,
      note: messages.note
    )
    let (json, scheme) = (global.json, certificate == nil ? "http" : "https")
    try Self.wait {
      try await server.run { port in
        if json {
          Output.json(["listening": .text(Text("\(scheme)://\(host):\(port)"))])
        } else {
          Output.line("Listening at \(scheme)://\(host):\(port)")
        }
        Output.flush()
        ServiceNotice.ready()
      }
    }
  }

  private var noticeSender: NoticeSender {
    let services = services
    return NoticePost(
      services: { try services.services() },
      secrets: recipients.secrets(global)
    ).sender
  }

  private func liveRun(_ log: EventLog) throws -> LiveRun {
    LiveRun(
      log: log,
      actor: actor.claimed,
      reason: actor.reason,
      connectors: try services.services(),
      saving: saving.saving,
      secrets: RunSecrets(services.place),
      remedy: "With them, `auditcli run F --event POSITION --live` runs what was missed.",
      tell: { _ in }
    )
  }

  /// Runs what is asynchronous, and waits for it.
  private static func wait(_ body: @escaping @Sendable () async throws -> Void) throws {
    let box = ResultBox()
    let done = DispatchSemaphore(value: 0)
    Task.detached {
      do {
        try await body()
        box.set(.success(()))
      } catch {
        box.set(.failure(error))
      }
      done.signal()
    }
    done.wait()
    try box.result.get()
  }
}

/// What came of work that somebody waits for.
private final class ResultBox: @unchecked Sendable {
  private(set) var result: Result<Void, any Error> = .success(())

  func set(_ result: Result<Void, any Error>) { self.result = result }
}
