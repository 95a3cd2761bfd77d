internal import Crypto
public import Flows
public import Values

/// Answers a live run: connectors by their services, tables and the rest as a local run's.
///
/// Time passes: waits and the pauses before another attempt are slept through.
public struct LiveDriver: Driver {
  private var local: LocalDriver
  private let services: Services
  private let names: FlowNames
  private let root: Text
  private let now: @Sendable () -> Instant
  /// How a request was made before, if it was: its key is made of that.
  private var earliest: @Sendable (EffectRequest) -> (path: Text, request: Value)? = { _ in nil }
  /// Whether the request whose reach was asked last goes to a service.
  private var asksService = false
  /// How long the last answer asked to wait, and the step that it answered.
  private var pause: (ordinal: Int, milliseconds: Double) = (-1, 0)

  /// Makes a driver for one run of the program of a closure; keys of requests are made of the id of
  /// its root execution.
  public init(
    _ program: Program,
    closure: FlowClosure,
    root: Text,
    services: Services,
    ambient: AmbientSources,
    tables: TableSource,
    search: LocalDriver.Search?
  ) {
    self.services = services
    self.root = root
    now = ambient.now
    names = FlowNames(program, closure)
    local = LocalDriver(
      program,
      closure: closure,
      ambient: ambient,
      tables: tables,
      search: search
    )
  }

  /// The same with the keys that requests had when they were made before.
  func keyed(
    by earliest: @escaping @Sendable (EffectRequest) -> (path: Text, request: Value)?
  ) -> LiveDriver {
    var driver = self
    driver.earliest = earliest
    return driver
  }

  /// The zones that were asked for and do not exist.
  public var unknownZones: Set<Text> { local.unknownZones }

  /// How far a request goes; see `Driver`.
  ///
  /// It sleeps before another attempt, so that a request which is durable is one that is sent.
  public mutating func reach(of request: EffectRequest) throws -> EffectReach {
    asksService = false
    guard let asked = request.connectorRequest else {
      guard case .ambient(.wait) = request.ask else { return .inside }
      return .outside
    }
    guard Self.isForService(asked.method) else { return try local.reach(of: request) }
    let name = names.connection(of: asked)
    if let reason = services.whyMissing(asked.method, asked.connection, name) {
      if asked.method == LocalDriver.systemLogSearch { return try local.reach(of: request) }
      throw DriverError.noService(
        card: names.card(at: request.path),
        path: request.path,
        reason: reason
      )
    }
    asksService = true
    if request.attempt > 1 {
      let asked = pause.ordinal == request.ordinal ? pause.milliseconds : 0
      services.sleep(max(request.delayMilliseconds, asked))
    }
    return .outside
  }

  /// The answer to a request; see `Driver`.
  public mutating func answer(_ request: EffectRequest) throws -> EffectReply {
    if case .ambient(.wait(let milliseconds)) = request.ask {
      services.sleep(milliseconds)
      return EffectReply(.value(.null))
    }
    guard asksService, let asked = serviceRequest(request) else {
      return try local.answer(request)
    }
    let reply = services.perform(asked)
    pause = (request.ordinal, reply.waitMilliseconds)
    return EffectReply(
      reply.answer,
      isInDoubt: reply.isInDoubt,
      waitMilliseconds: reply.waitMilliseconds
    )
  }

  /// Reads tables anew; see `Driver`.
  public mutating func refresh() { local.refresh() }

  /// Whether requests of a method go to a service rather than to tables or to the flow's caller.
  static func isForService(_ method: ConnectorMethod) -> Bool {
    method.connector != "stash" && method != .close
  }
}

extension LiveDriver: ResumableDriver {
  mutating func passed(_ request: EffectRequest) {}

  /// What ends a repair that comes to a request which was not planned.
  func notPlanned(_ request: EffectRequest) -> DriverError {
    let method = request.connectorRequest?.method ?? .close
    return .notPlanned(card: names.card(at: request.path), path: request.path, method: method)
  }

  /// What sending a request twice does; nil for one that goes to no service.
  func effect(of request: EffectRequest) -> DeclaredEffect? {
    serviceRequest(request).map { services.effect($0) }
  }

  /// Asks whether a request was done.
  ///
  /// - Returns: Its answer, or nil where it was not done.
  /// - Throws: `CardError` where the service does not say.
  func ask(about request: EffectRequest, sentAt sent: Instant) throws(CardError) -> Answer? {
    guard let asked = serviceRequest(request) else { return nil }
    return try services.ask(asked, sent)
  }

  /// Takes over what a service asked of the process that was cut off.
  mutating func take(_ pause: (ordinal: Int, until: Double)) {
    self.pause = (pause.ordinal, max(0, pause.until - Double(now().milliseconds)))
  }

  /// Sleeps for what is left of a wait that began in another process.
  func finishWait(_ milliseconds: Double, since began: Int64) {
    services.sleep(max(0, milliseconds - Double(now().milliseconds - began)))
  }

  private func serviceRequest(_ request: EffectRequest) -> Services.Request? {
    guard let asked = request.sentRequest, Self.isForService(asked.method) else { return nil }
    return Services.Request(
      request: asked,
      connection: names.connection(of: asked),
      key: key(of: request),
      hiddenTexts: request.hiddenTexts
    )
  }

  /// Half of the SHA-256 of root, path and request, as hexadecimal digits.
  private func key(of request: EffectRequest) -> Text {
    let (path, value) = earliest(request) ?? (request.path, request.recordedValue)
    let parts = root.bytes + [0] + path.bytes + [0] + RequestHash(value).list
    return Hexadecimal.encode(SHA256.hash(data: parts).prefix(16))
  }
}
