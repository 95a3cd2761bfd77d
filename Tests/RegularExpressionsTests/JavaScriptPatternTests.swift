import RegularExpressions
import TestSupport
import Testing
import Values

@Suite(.enabled(if: NodeProcess.isPresent, "needs node"))
struct JavaScriptPatternTests {
  private struct Case {
    let pattern: Text
    let text: Text
    let ignoresCase: Bool
    var json: Value { [.text(pattern), .text(text), .boolean(ignoresCase)] }
  }

  private static let script = """
    const fs = require("fs");
    const cases = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
    const answers = cases.map(([pattern, text, ignoresCase]) => {
      let all;
      try {
        all = new RegExp(pattern, ignoresCase ? "gi" : "g");
      } catch (error) {
        return null;
      }
      const first = new RegExp(pattern, ignoresCase ? "i" : "").exec(text);
      return [
        first ? [first.index, first.index + first[0].length] : [],
        text.replace(all, () => "$1"),
      ];
    });
    fs.writeFileSync(process.argv[3], JSON.stringify(answers));
    """

  private static func answer(_ example: Case) -> (Value?, RegularExpressionError?) {
    do throws(RegularExpressionError) {
      let pattern = try RegularExpression(example.pattern, ignoresCase: example.ignoresCase)
      let first = try pattern.firstMatch(in: example.text)
      let replaced = try pattern.replacingMatches(in: example.text, with: "$1", all: true)
      let bounds = first.map { [$0.lowerBound, $0.upperBound] } ?? []
      return ([.list(bounds.map { .number(Double($0)) }), .text(replaced)], nil)
    } catch {
      if case .syntax = error { return (.null, nil) }
      return (nil, error)
    }
  }

  @Test func `generated patterns match and replace as in JavaScript`() throws {
    let random = SplitMix64(forTest: "patterns as in JavaScript")
    var generator = PatternGenerator(random)
    var flip = random
    let cases = (0..<24_000).map { _ in
      Case(
        pattern: Text(generator.pattern()),
        text: Text(generator.text()),
        ignoresCase: flip.below(3) == 0
      )
    }
    let output = try NodeProcess.run(
      script: Self.script,
      on: JSON.serialize(.list(cases.map(\.json)))
    )
    guard case .list(let expected) = try JSON.parse(output) else { return }
    #expect(expected.count == cases.count)
    var unsupported = 0
    var differing = 0
    for (example, expected) in zip(cases, expected) {
      let (found, refusal) = Self.answer(example)
      if refusal != nil { unsupported += 1 }
      guard let found, found != expected else { continue }
      differing += 1
      guard differing <= 20 else { continue }
      Issue.record(
        "\(JSON.text(example.json)): JavaScript \(JSON.text(expected)), here \(JSON.text(found))"
      )
    }
    print("patterns as in JavaScript: \(cases.count) cases, \(unsupported) not supported")
    #expect(differing == 0)
    #expect(unsupported * 12 < cases.count)
  }
}
