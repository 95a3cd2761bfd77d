import Replay
import TestSupport
import Testing
import Values

/// docs/verdicts.md explains every word that replay and diff say.
@Suite struct VerdictPageTests {
  private static let words: [String] =
    Verdict.allCases.map(\.rawValue) + Proof.allCases.map(\.rawValue)
    + ChangeKind.allCases.map(\.rawValue) + DivergenceKind.allCases.map(\.rawValue)
    + SkipReason.allCases.map(\.rawValue) + ["diverged"]

  @Test(arguments: words)
  func `every word has a row`(_ word: String) throws {
    let page = try Document("docs/verdicts.md")
    #expect(page.lines.contains { $0.hasPrefix("| `\(word)` | ") })
  }

  @Test(arguments: Assumption.Reason.allCases)
  func `every assumption has a row`(_ reason: Assumption.Reason) throws {
    let page = try Document("docs/verdicts.md")
    let sentence = Assumption(step: "a", request: "", reason: reason).sentence
    #expect(page.lines.contains { $0.hasPrefix("| `\(sentence.dropFirst())` | ") }, "\(sentence)")
  }
}
