/// What a stand-in does to a request.
public enum StandInReaction: Sendable {
  /// It answers.
  case reply(Int, [(String, String)], [UInt8])
  /// It sends these bytes and closes the connection, whatever they are.
  case bytes([UInt8])
  /// It closes the connection without a word.
  case hangUp
  /// It says nothing for so many seconds, then closes.
  case silence(Double)
  /// It sends a header and then one byte after the other, a piece of a second between.
  case trickle(Double)

  /// An answer in JSON.
  public static func json(
    _ text: String,
    _ fields: [(String, String)] = [],
    status: Int = 200
  ) -> StandInReaction {
    .reply(status, [("Content-Type", "application/json")] + fields, Array(text.utf8))
  }
}
