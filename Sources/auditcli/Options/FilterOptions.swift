internal import ArgumentParser
internal import Audit

/// Which events a command is about.
struct FilterOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "A System Log filter, such as 'eventType eq \"user.session.start\"'.",
      valueName: "filter"
    )
  )
  var filter: String?

  @Option(
    name: .customLong("q"),
    help: ArgumentHelp("Words that must all occur in the event.", valueName: "words")
  )
  var keywords: String?

  @OptionGroup var time: TimeRangeOptions

  @Option(help: ArgumentHelp("Who did it: id, login or name.", valueName: "who"))
  var actor: String?

  @Option(help: ArgumentHelp("To whom or what: id, login or name.", valueName: "what"))
  var target: String?
}

extension FilterOptions {
  /// The search these options ask for.
  ///
  /// - Throws: `FilterError`, `KeywordQueryError`.
  func query() throws -> SearchQuery {
    var query = SearchQuery()
    var operands: [FilterExpression] = []
    if let filter { operands.append(try Filter(filter).expression) }
    if let actor { operands.append(try Self.anyOf(Self.actorPaths, actor)) }
    if let target { operands.append(try Self.anyOf(Self.targetPaths, target)) }
    if let only = operands.first {
      query.filter = Filter(operands.count == 1 ? only : .and(operands))
    }
    query.keywords = try keywords.map { try KeywordQuery($0) }
    query.since = time.since?.milliseconds
    query.until = time.until?.milliseconds
    return query
  }

  /// Where System Log entries, execution log entries, Slack and forms say who it was.
  private static let actorPaths = [
    "actor.id", "actor.alternateId", "actor.displayName", "user_email", "user_id", "event.user",
    "event.user.id", "event.bot_id", "respondentEmail",
  ]
  /// Where they say to whom or what.
  private static let targetPaths = [
    "target.id", "target.alternateId", "target.displayName", "flow_id", "event.channel",
    "event.item.channel", "event.channel_id", "form_response.token", "responseId",
  ]

  private static func anyOf(_ paths: [String], _ value: String) throws -> FilterExpression {
    let quoted = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    let terms = paths.map { "\($0) eq \"\(quoted)\"" }
    return try Filter(terms.joined(separator: " or ")).expression
  }
}
