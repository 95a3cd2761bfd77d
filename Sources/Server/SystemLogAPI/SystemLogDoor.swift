internal import Audit

/// Lets to the System Log API whoever may read the log.
struct SystemLogDoor: Sendable {
  private let api: SystemLogAPI
  private let tokens: TokenBook
  private let clock: ServerClock
  private let report: @Sendable (any Error) -> Void

  /// Answers by `api`; `report` is told why the log could not be read.
  init(
    _ api: SystemLogAPI,
    _ tokens: TokenBook,
    _ clock: ServerClock,
    report: @escaping @Sendable (any Error) -> Void
  ) {
    self.api = api
    self.tokens = tokens
    self.clock = clock
    self.report = report
  }

  /// Answers a request.
  ///
  /// - Throws: Where the tokens cannot be read.
  func answer(_ request: SystemLogRequest) async throws -> Reply {
    guard let caller = try tokens.caller(request.fields["authorization"], at: clock.now) else {
      return SystemLogAPI.refused(.unauthenticated, request)
    }
    guard caller.roles.contains(.read) else { return SystemLogAPI.refused(.forbidden, request) }
    let (reply, failure) = await api.answer(request, caller: caller)
    if let failure { report(failure) }
    return reply
  }
}
