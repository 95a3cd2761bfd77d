/// What a server tells of a request that it has answered: nothing of who sent it or what was in it.
public struct RequestNote: Hashable, Sendable {
  /// What it was for: a path of the server's own, or `hook:` and the hook's name.
  public let route: String
  /// The verb.
  public let method: String
  /// The status of the answer.
  public let status: Int
  /// How long the answer took, in microseconds.
  public let microseconds: Int64
}
