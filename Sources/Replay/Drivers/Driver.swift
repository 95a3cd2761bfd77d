public import Flows

/// Answers the requests of a run.
///
/// Live runs, scripts and repairs are drivers; a replay is none, since it records nothing.
public protocol Driver {
  /// How far a request goes; asked once for each request, before it is answered.
  ///
  /// - Throws: What ends the run, such as `DriverError.unanswered`.
  mutating func reach(of request: EffectRequest) throws -> EffectReach

  /// The answer to a request.
  ///
  /// - Throws: What ends the run; failures that a flow may handle are answers.
  mutating func answer(_ request: EffectRequest) throws -> EffectReply

  /// Reads tables anew, because somebody else has written one.
  mutating func refresh() throws
}
