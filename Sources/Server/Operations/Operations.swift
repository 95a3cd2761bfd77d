internal import Audit
internal import EventStore
internal import Values

/// What people and programs with a token look at, and tell the server to do.
struct Operations: Sendable {
  private let log: EventLog
  private let tokens: TokenBook
  private let metrics: ServerMetrics
  private let clock: ServerClock
  private let load: @Sendable () -> RunnerLoad?

  init(
    _ log: EventLog,
    _ tokens: TokenBook,
    _ metrics: ServerMetrics,
    _ clock: ServerClock,
    load: @escaping @Sendable () -> RunnerLoad?
  ) {
    self.log = log
    self.tokens = tokens
    self.metrics = metrics
    self.clock = clock
    self.load = load
  }

  /// What can be asked for.
  enum Route: String, CaseIterable {
    case health = "/healthz"
    case metrics = "/metrics"
    case runner = "/api/runner"
    case pause = "/api/runner/pause"
    case resume = "/api/runner/resume"

    /// The request's method.
    var method: String {
      switch self {
      case .health, .metrics, .runner: "GET"
      case .pause, .resume: "POST"
      }
    }

    /// What the caller has to be allowed; nil where nothing is asked for.
    var role: AccessRole? {
      switch self {
      case .health: nil
      case .metrics, .runner: .read
      case .pause, .resume: .operate
      }
    }
  }

  /// Answers a request.
  ///
  /// - Throws: Where the log cannot be read or written.
  func reply(to route: Route, method: String, authorization: String?) async throws -> Reply {
    guard method == route.method || method == "HEAD" && route.method == "GET" else {
      return Reply.wrongMethod(route.method)
    }
    guard let role = route.role else { return .json(200, Array(#"{"status":"ok"}"#.utf8)) }
    guard let caller = try tokens.caller(authorization, at: clock.now) else {
      var reply = Reply.refusal(401, "a token is needed, as `Authorization: Bearer TOKEN`")
      reply.fields.append(("www-authenticate", "Bearer"))
      return reply
    }
    guard caller.roles.contains(role) else {
      return Reply.refusal(403, "the token lacks the role \(role.rawValue)")
    }
    switch route {
    case .health: return .done
    case .metrics:
      let text = try await BlockingWork.run { [metrics] in try metrics.text() }
      return Reply(
        status: 200,
        fields: [("content-type", "text/plain; version=0.0.4; charset=utf-8")],
        body: text
      )
    case .runner: return try await status()
    case .pause, .resume:
      let (log, actor) = (log, "token:\(caller.name)")
      _ = try await BlockingWork.run {
        try RunnerSwitch(log).set(
          paused: route == .pause,
          by: FlowRegistry.Author(actor: actor, why: nil)
        )
      }
      return try await status()
    }
  }

  private func status() async throws -> Reply {
    let log = log
    let state = try await BlockingWork.run { try RunnerSwitch(log).state() }
    let load = load()
    return .json(
      200,
      JSON.serialize([
        "paused": .boolean(state.isPaused),
        "since": state.since.map { .text(Instant(milliseconds: $0).iso8601) } ?? .null,
        "actor": state.actor.map { .text(Text($0)) } ?? .null,
        "why": state.why.map { .text(Text($0)) } ?? .null,
        "starts": .boolean(load != nil),
        "backlog": load.map { .number(Double($0.backlog)) } ?? .null,
        "working": load.map { .number(Double($0.running)) } ?? .null,
      ])
    )
  }
}
