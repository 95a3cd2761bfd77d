public import Audit
public import EventStore
public import Flows
internal import Foundation
internal import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
internal import Logging
internal import NIOCore
internal import NIOSSL
internal import Values

/// The service that other systems talk to: it takes in what comes for the hooks of a log.
public struct AuditServer: Sendable {
  private let log: EventLog
  private let settings: ServerSettings
  private let readCredentials: @Sendable () throws -> HookCredentials
  private let clock: ServerClock
  private let entropy: @Sendable (Int) -> [UInt8]
  private let starter: FlowStarter?
  private let zones: ZoneDatabase
  private let noticeSender: NoticeSender?
  private let report: @Sendable (String) -> Void
  private let note: (@Sendable (RequestNote) -> Void)?

  /// Makes a server.
  ///
  /// - Parameters:
  ///   - log: The log, open for writing.
  ///   - settings: Where it listens, and how.
  ///   - credentials: Reads the hooks' credentials as they are now.
  ///   - clock: The time of day.
  ///   - entropy: Makes so many random bytes.
  ///   - starter: Runs the flows that events and schedules start; nil to take events in and start nothing.
  ///   - zones: The time zones that schedules name.
  ///   - notices: Sends notices of alerts; nil to send none.
  ///   - report: Told, in a line, what goes wrong without anybody who asked for it.
  ///   - note: Told of each request that was answered; nil where nobody wants to know.
  public init(
    _ log: EventLog,
    _ settings: ServerSettings,
    credentials: @escaping @Sendable () throws -> HookCredentials,
    clock: ServerClock,
    entropy: @escaping @Sendable (Int) -> [UInt8],
    starter: FlowStarter?,
    zones: ZoneDatabase,
    notices: NoticeSender? = nil,
    report: @escaping @Sendable (String) -> Void,
    note: (@Sendable (RequestNote) -> Void)? = nil
  ) {
    self.log = log
    self.settings = settings
    readCredentials = credentials
    self.clock = clock
    self.entropy = entropy
    self.starter = starter
    self.zones = zones
    noticeSender = notices
    self.report = report
    self.note = note
  }

  /// Serves until the process is told to end; what was answered with success is durable then, and what
  /// was taken in is answered.
  ///
  /// - Parameter listening: Told the port, when requests are taken.
  /// - Throws: `ServerError` where it cannot listen.
  public func run(listening: @escaping @Sendable (Int) -> Void) async throws {
    let fail: @Sendable (any Error) -> Void = { [report] in report("\($0)") }
    let meter = ServerMeter()
    let hooks = try HookBook(log, readCredentials, report: report)
    // Two would start the same flows.
    let claim = try starter.map { _ in
      guard let claim = try Claim(Array("runner".utf8), in: log) else {
        throw ServerError.runsElsewhere
      }
      return claim
    }
    defer { withExtendedLifetime(claim) {} }
    let runner = try starter.map { starter in
      try Runner(log, starter, hooks, clock, meter, threads: settings.workers, report: report)
    }
    let noticer = try noticeSender.map { try Noticer(log, $0, clock, report: report) }
    let writer = try DeliveryWriter(
      log,
      clock,
      meter,
      appended: { delivery, outcome, caller in
        guard let runner else { return caller?.settle(.later) ?? () }
        runner.add(outcome.positions, hook: delivery.hook.hook.name, caller: caller)
      },
      report: fail
    )
    let scheduler = runner.map { Scheduler(log, zones, writer, $0, clock, report: report) }
    writer.start()
    runner?.start()
    scheduler?.start()
    noticer?.start()
    let tokens = TokenBook(log)
    let load: @Sendable () -> RunnerLoad? = { runner?.load }
    let metrics = ServerMetrics(
      log,
      meter,
      clock,
      waiting: { writer.waiting },
      load: load,
      notices: { noticer?.counts ?? [] }
    )
    let readers = ReadingThreads(count: 2)
    readers.start()
    let systemLog = SystemLogAPI(
      log,
      clock,
      PublicAddress(settings),
      readers,
      perMinute: settings.logRequestsPerMinute
    )
    let front = Front(
      Receiver(hooks, tokens, writer, clock, endpoints),
      Operations(log, tokens, metrics, clock, load: load),
      SystemLogDoor(systemLog, tokens, clock, report: fail),
      meter,
      report: fail,
      note: note
    )
    let application = Application(
      responder: front,
      server: try server(front),
      configuration: ApplicationConfiguration(
        address: .hostname(settings.host, port: settings.port),
        serverName: nil,
        availableConnectionsDelegate: MaximumAvailableConnections(settings.connections)
      ),
      onServerRunning: { channel in listening(channel.localAddress?.port ?? 0) },
      logger: Logger(label: "auditcli") { _ in SwiftLogNoOpLogHandler() }
    )
    let outcome: Result<Void, any Error>
    do {
      try await withTaskExecutorPreference(LoopExecutor()) {
        try await application.runService()
      }
      outcome = .success(())
    } catch {
      outcome = .failure(error)
    }
    await withCheckedContinuation { done in
      Thread.detachNewThread {
        scheduler?.stop()
        readers.stop()
        writer.stop()
        runner?.stop()
        noticer?.stop()
        done.resume()
      }
    }
    do {
      try outcome.get()
    } catch let error as IOError {
      throw ServerError.cannotListen(settings.host, settings.port, reason: "\(error)")
    }
  }

  private var endpoints: Endpoints {
    Endpoints(
      budget: CallBudget(perSecond: settings.callsPerSecond),
      newID: { [entropy] in Hexadecimal.encode(entropy(16)).description },
      patience: .seconds(60)
    )
  }

  private func server(_ front: Front) throws -> HTTPServerBuilder {
    let plain = HTTPServerBuilder { responder in
      Connection(responder: responder, front: front)
    }
    guard let tls = settings.tls else { return plain }
    do {
      let chain = try NIOSSLCertificate.fromPEMFile(tls.certificates)
      let key = try NIOSSLPrivateKey(file: tls.key, format: .pem)
      var configuration = TLSConfiguration.makeServerConfiguration(
        certificateChain: chain.map { .certificate($0) },
        privateKey: .privateKey(key)
      )
      configuration.minimumTLSVersion = .tlsv12
      return try .tls(plain, tlsConfiguration: configuration)
    } catch {
      throw ServerError.unusableTLS(tls.certificates, tls.key, reason: "\(error)")
    }
  }
}
