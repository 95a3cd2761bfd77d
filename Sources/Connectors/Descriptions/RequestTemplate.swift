internal import Values

/// How a method asks its service over HTTP.
struct RequestTemplate: Sendable {
  /// The verb: a word, or a place for one.
  let verb: Template
  /// The URL, or what comes behind that of the connection.
  let url: Template
  /// What goes behind the question mark: an object, or a text that is there already.
  let query: BodyTemplate?
  /// Fields of the header.
  let headers: BodyTemplate?
  let body: BodyTemplate?
  let format: BodyFormat

  /// The inputs that it reads.
  var names: [Text] {
    verb.names + url.names + [query, headers, body].compactMap { $0?.names }.flatMap { $0 }
  }
}

/// How a body is written.
enum BodyFormat: String, Hashable, Sendable, CaseIterable {
  /// As JSON.
  case json
  /// As a form (`application/x-www-form-urlencoded`).
  case form
  /// As the text that it is; what is no text as JSON.
  case text
}
