internal import EventStore

extension SearchQuery {
  /// What of the filter the index can tell: an event that meets it has a term of each group.
  var patterns: [[TermPattern]] {
    (filter?.indexable ?? []).map { condition in
      condition.alternatives.map(Self.pattern)
    }
  }

  private static func pattern(_ alternative: Filter.IndexAlternative) -> TermPattern {
    switch alternative {
    case .term(let term): .exactly(Term(field: term.field.rawValue, value: term.value))
    case .prefix(let field, let value): .prefix(field: field.rawValue, value)
    }
  }

  /// Whether an event's own bytes meet filter and words.
  ///
  /// - Throws: `EventLogError.corrupted` where the bytes do not decode.
  func holds(for event: LentEvent, _ reader: JSONReader) throws -> Bool {
    guard filter != nil || keywords != nil else { return true }
    let data = try event.data()
    do {
      return try reader.withDocument(data, capacity: data.count + LentEvent.padding) { root in
        (filter?.matches(root) ?? true) && (keywords?.matches(root) ?? true)
      }
    } catch {
      // Kept bytes whose fields cannot be read have no values to compare.
      return false
    }
  }
}
