internal import Flows
internal import Values

/// A driver that can go on with a run which another process began.
protocol ResumableDriver: Driver {
  /// Takes note of a request whose answer is durable already.
  mutating func passed(_ request: EffectRequest)

  /// What sending a request twice does; nil for one that goes to no service.
  func effect(of request: EffectRequest) -> DeclaredEffect?

  /// Asks whether a request was done.
  ///
  /// - Returns: Its answer, or nil where it was not done.
  /// - Throws: `CardError` where the service does not say.
  func ask(about request: EffectRequest, sentAt sent: Instant) throws(CardError) -> Answer?

  /// Takes over what a service asked of the process that was cut off.
  mutating func take(_ pause: (ordinal: Int, until: Double))

  /// Sleeps for what is left of a wait that began in another process.
  func finishWait(_ milliseconds: Double, since began: Int64)
}
