/// How far a request goes.
public enum EffectReach: Hashable, Sendable {
  /// To the clock, to tables or to the log itself: nothing leaves, so nothing is announced.
  case inside
  /// To an answer that is at hand and stands for the world's: nothing leaves, but whoever looks at
  /// the log sees that the run has begun.
  case standIn
  /// To the world: the request is durable before it is performed.
  case outside
}
