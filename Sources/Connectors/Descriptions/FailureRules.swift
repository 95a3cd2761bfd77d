internal import Values

/// How a service tells that it did not do what it was asked.
struct FailureRules: Sendable {
  /// A sign of failure in the body of an answer that is fine otherwise, as of Slack's.
  struct Sign: Sendable {
    let path: [Text]
    let value: Value
  }

  /// Paths to the message in the body, the first that is there.
  var messages: [[Text]] = []
  var sign: Sign?
  /// The status for a message of an answer with that sign, such as 404 for `user_not_found`.
  var statuses: [Text: Int] = [:]
  /// Statuses from 400 that are answers and no failures.
  var accepted: Set<Int> = []
}
