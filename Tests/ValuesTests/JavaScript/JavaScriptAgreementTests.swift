import TestSupport
import Testing
import Values

@Suite(.enabled(if: NodeProcess.isPresent, "needs node"))
struct JavaScriptAgreementTests {
  private static let casesOfEachRule = 1500

  @Test func `generated cases come out as in JavaScript`() throws {
    var generator = CaseGenerator(SplitMix64(forTest: "agreement with JavaScript"))
    var cases: [String: [Agreement.Case]] = [:]
    var input = Object()
    for rule in Agreement.table {
      let made = (0..<Self.casesOfEachRule).map { _ in generator.makeCase(for: rule.name) }
      cases[rule.name] = made
      input[Text(rule.name)] = .list(made.map(\.json))
    }
    let output = try NodeProcess.run(
      script: Agreement.script(Agreement.table),
      on: JSON.serialize(.object(input))
    )
    guard case .object(let answers) = try JSON.parse(output) else {
      Issue.record("node wrote no object")
      return
    }
    let count = cases.values.reduce(0) { $0 + $1.count }
    print("agreement with JavaScript: \(count) cases of \(Agreement.table.count) rules")
    #expect(count >= 20_000)
    for rule in Agreement.table {
      guard case .list(let expected)? = answers[Text(rule.name)] else {
        Issue.record("node did not answer \(rule.name)")
        continue
      }
      try compare(rule, #require(cases[rule.name]), expected)
    }
  }

  /// Reports the first cases in which a rule differs, not all.
  private func compare(_ rule: Agreement, _ cases: [Agreement.Case], _ expected: [Value]) {
    #expect(cases.count == expected.count)
    var reported = 0
    for (example, answer) in zip(cases, expected) where rule.swift(example) != answer {
      reported += 1
      guard reported <= 3 else { continue }
      Issue.record(
        """
        \(rule.name) of \(JSON.text(example.json)) "\(example.first)":
        JavaScript \(JSON.text(answer)), here \(JSON.text(rule.swift(example)))
        """
      )
    }
    #expect(reported == 0, "\(rule.name) differs in \(reported) of \(cases.count) cases")
  }

  @Test func `every character has the case that JavaScript gives it`() throws {
    let script = """
      const units = (text) => Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
      const mapped = [];
      for (let code = 0; code < 0x110000; code++) {
        const text = String.fromCodePoint(code);
        const [lower, upper] = [text.toLowerCase(), text.toUpperCase()];
        if (lower !== text || upper !== text) mapped.push([code, units(lower), units(upper)]);
      }
      require('fs').writeFileSync(process.argv[3], JSON.stringify(mapped));
      """
    guard case .list(let mapped) = try JSON.parse(NodeProcess.run(script: script, on: [])) else {
      Issue.record("node wrote no list")
      return
    }
    var expected: [UInt32: Value] = [:]
    for case .list(let row) in mapped {
      guard case .number(let code)? = row.first else { continue }
      expected[UInt32(code)] = .list(row)
    }
    for code in UInt32(0)..<0x11_0000 {
      // Characters younger than either side's Unicode tables have no case there.
      guard let scalar = Unicode.Scalar(code), scalar.properties.generalCategory != .unassigned
      else { continue }
      let text = Text(String(scalar))
      let (lower, upper) = (text.lowercased(), text.uppercased())
      let ours: Value? =
        lower == text && upper == text
        ? nil : [.number(Double(code)), .units(lower), .units(upper)]
      if ours != expected[code] {
        Issue.record("U+\(String(code, radix: 16)): \(String(describing: expected[code]))")
      }
    }
  }
}
