/// How far a request goes.
public enum EffectReach: Hashable, Sendable {
  /// To the clock, to tables or to the log itself: nothing leaves, so nothing is announced.
  case inside
  /// To the world, or to what stands for it: the request is durable before it is performed.
  case outside
}
