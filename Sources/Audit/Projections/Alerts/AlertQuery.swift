public import Values

/// Which alerts a reader asks for; what is nil does not limit.
public struct AlertQuery: Hashable, Sendable {
  /// The status, such as `open` or `handled`.
  public var status: Text?
  /// The user, by login, id or name.
  public var user: Text?
  /// The earliest time of the last event, in milliseconds since 1970.
  public var since: Int64?
  /// The time before which the first event happened.
  public var until: Int64?
  /// The most alerts.
  public var limit = Int.max

  /// Asks for every alert.
  public init() {}
}

extension AlertQuery {
  func matches(_ alert: Alert) -> Bool {
    if let status, status != alert.status { return false }
    if let user, ![alert.user, alert.userID, alert.userName].contains(user) { return false }
    if let since, alert.last < since { return false }
    if let until, alert.first >= until { return false }
    return true
  }
}
