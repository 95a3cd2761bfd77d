import Audit
import EventStore
import TestSupport
import Testing

/// Whatever operator a filter has, the index keeps nothing back of any field it has.
@Suite struct IndexedFieldAgreementTests {
  /// An event whose every indexed field has the value `X1y`, and one where it is `z2`.
  private static func event(_ id: String, _ value: String) -> String {
    func nested(_ path: [Substring]) -> String {
      guard let first = path.first else { return "\"\(value)\"" }
      return "{\"\(first)\":\(nested(Array(path.dropFirst())))}"
    }
    // Arrays of an object each: a filter goes through all of them.
    var members: [String: [String]] = [:]
    for field in IndexedField.allCases where field != .uuid {
      let path = field.path.split(separator: ".")
      members[String(path[0]), default: []].append(nested(Array(path.dropFirst())))
    }
    let rest = members.sorted { $0.key < $1.key }.map { name, values in
      "\"\(name)\":\(values.count == 1 ? values[0] : "[" + values.joined(separator: ",") + "]")"
    }
    return "{\"uuid\":\"\(value)\",\"id\":\"\(id)\",\(rest.joined(separator: ","))}"
  }

  private static let tests = [
    #"eq "X1Y""#, #"sw "x1""#, #"sw "X1y""#, #"co "1""#, #"ew "1y""#, #"ne "z2""#,
    #"in ["z3", "x1y"]"#, "pr",
  ]

  /// Sealed segments and the tail are looked into in different ways.
  @Test(arguments: IndexedField.allCases, [UInt64(2), 4096])
  func `every operator finds a field's value by index`(
    _ field: IndexedField,
    _ span: UInt64
  ) throws {
    try withTemporaryLog(segmentSpan: span) { log in
      try withTemporaryFolder { folder in
        let lines = [Self.event("a", "X1y"), Self.event("b", "z2"), "{}"]
        try write(lines.joined(separator: "\n"), to: folder + "/events")
        let options = IngestOptions(format: .oktaSystemLog, origin: "https://acme.example.com")
        _ = try Ingest(into: log, options).run([folder + "/events"])
      }
      for test in Self.tests {
        var query = SearchQuery()
        query.filter = try Filter("\(field.path) \(test)")
        var found: [UInt64] = []
        try LogSearch(query, in: log).run {
          found.append($0.position.rawValue)
          return true
        }
        // The log's first event keeps the origin.
        let expected: [UInt64] = test == "pr" ? [1, 2] : test.hasPrefix("ne") ? [1, 3] : [1]
        #expect(found == expected, "\(field.path) \(test)")
      }
    }
  }
}
