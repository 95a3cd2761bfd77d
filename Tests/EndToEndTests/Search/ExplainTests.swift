import Audit
import TestSupport
import Testing
import Values

/// `search --explain` tells which index was used, for every filter that one can answer.
@Suite struct ExplainTests {
  /// A store of entries in which detections find something.
  private func fill(_ store: ProgramStore) throws {
    var entries = try SignedEntries(seed: 7)
    let lines = try (0..<1_000).map { _ in
      String(decoding: try entries.nextEntry(), as: UTF8.self)
    }
    let file = try store.file("entries.ndjson", lines.joined(separator: "\n"))
    try store.must("ingest", "--origin", "https://acme.example.com", file)
  }

  /// What `search --explain` says of a filter.
  private func explain(_ filter: String, _ store: ProgramStore) throws -> Object {
    try store.must("search", filter, "--explain", "--json").firstObject()
  }

  /// The indexed fields that an operand of the filter's outermost `and` names with `eq` or `in`.
  ///
  /// Told from the paths alone, apart from what plans a search.
  private func indexedOperands(_ filter: Filter) -> [String] {
    let operands = if case .and(let all) = filter.expression { all } else { [filter.expression] }
    let paths = operands.compactMap { operand -> FilterPath? in
      switch operand {
      case .comparison(let path, .equal, _), .oneOf(let path, _): path
      default: nil
      }
    }
    return paths.compactMap { path in
      IndexedField.allCases.map(\.path).first { $0.lowercased() == path.description.lowercased() }
    }
  }

  @Test(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
  func `the index is named for every detection that has a term at its outermost`() throws {
    try withProgramStore { store in
      try fill(store)
      let lines = try SharedData.bytes("events/system-log-filters.jsonl").split(separator: 10)
      var named = 0
      for line in lines {
        guard case .object(let entry) = try JSON.parse(Array(line)) else { continue }
        let text = entry.string("filter")
        guard !text.hasPrefix("source:okta") else { continue }
        let expected = indexedOperands(try Filter(text))
        guard !expected.isEmpty else { continue }
        let plan = try explain(text, store)
        let index = plan.list("index").map { JSON.text($0).description }
        for path in expected { #expect(index.contains("\"\(path)\""), "\(text)") }
        #expect(plan.count("candidates") < 1_000, "\(text)")
        #expect(plan.count("found") > 0, "\(text)")
        named += 1
      }
      print("search --explain: \(named) of \(lines.count) lines have an indexed term at outermost")
      #expect(named >= 30)
    }
  }

  @Test func `the index is named, or that there was none`() throws {
    try withProgramStore { store in
      try fill(store)
      for (filter, index, found) in [
        (#"eventType eq "system.agent.ad.create""#, [#""eventType""#], 1),
        (
          #"eventType in ["system.api_token.create"] and severity eq "INFO""#,
          [#""eventType""#, #""severity""#], nil
        ),
        (#"debugContext.debugData.networkConnection eq "ANYWHERE""#, [], 2),
      ] as [(String, [String], Int?)] {
        let plan = try explain(filter, store)
        #expect(plan.list("index").map { JSON.text($0).description } == index, "\(filter)")
        if let found { #expect(plan.count("found") == found, "\(filter)") }
      }
    }
  }
}
