internal import Values

/// How a service hands out a long list in pages.
enum Paging: Hashable, Sendable {
  /// The next page's URL is in the header, `Link: <…>; rel="next"` (RFC 8288).
  case link
  /// A cursor for the next page is in the body, and goes into the query under a name.
  case cursor(path: [Text], parameter: String)
  /// The next page's whole URL is in the body.
  case url(path: [Text])
}

/// Where an answer's records are, and how many of them a card wants.
struct RecordRules: Sendable {
  /// The path to the list in the body; empty where the body is the list.
  let path: [Text]
  let paging: Paging?
  /// The option that says how many: `First Matching Record`, `First 200 …`, `All …`, `Stream …`.
  let selection: Text
  /// What holds where the card has no such option.
  let usual: RecordSelection
  /// The input that limits how many are streamed.
  let limits: [Text]
}

/// How many records a card wants.
enum RecordSelection: String, Hashable, Sendable, CaseIterable {
  /// The first record's parts.
  case first
  /// The records of one page.
  case page
  /// All of them.
  case all

  /// What an option's choice means, nil for an unknown one.
  init?(choice: Text) {
    let words = choice.lowercased().description.replacing("_", with: " ")
    if words.hasPrefix("first match") || words == "first record" || words == "one" {
      self = .first
    } else if words.hasPrefix("first") {
      self = .page
    } else if words.hasPrefix("all") || words.hasPrefix("stream") {
      self = .all
    } else {
      return nil
    }
  }
}
