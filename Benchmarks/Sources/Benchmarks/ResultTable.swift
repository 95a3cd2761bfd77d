internal import Foundation

/// Results as rows of a Markdown table.
struct ResultTable {
  private var rows: [String] = []

  /// Adds a rate beside a reference's; more is better.
  mutating func add(_ work: String, _ rate: Double, _ reference: String, _ referenceRate: Double) {
    add(
      work,
      "\(Self.number(rate))/s",
      "\(reference): \(Self.number(referenceRate))/s",
      String(format: "%.2f ×", rate / referenceRate)
    )
  }

  /// Adds a row of texts.
  mutating func add(_ work: String, _ figure: String, _ reference: String, _ ratio: String) {
    rows.append("| \(work) | \(figure) | \(reference) | \(ratio) |")
    FileHandle.standardError.write(Data((rows[rows.count - 1] + "\n").utf8))
  }

  /// The table.
  var markdown: String {
    (["| work | measured | reference | ratio |", "|---|---|---|---|"] + rows)
      .joined(separator: "\n")
  }

  static func number(_ rate: Double) -> String {
    rate >= 10_000 ? String(format: "%.0f k", rate / 1_000) : String(format: "%.0f", rate)
  }
}

/// Measures with a clock that never goes back.
enum Measure {
  /// The most items a second that `body` did in any of its rounds.
  static func best(of rounds: Int, items: Int, _ body: () throws -> Duration) rethrows -> Double {
    var best = Duration.seconds(1_000_000)
    for _ in 0..<rounds { best = min(best, try body()) }
    return Double(items) / seconds(best)
  }

  /// How long `body` takes.
  static func time(_ body: () throws -> Void) rethrows -> Duration {
    try ContinuousClock().measure(body)
  }

  static func seconds(_ duration: Duration) -> Double {
    let parts = duration.components
    return Double(parts.seconds) + Double(parts.attoseconds) / 1e18
  }

  /// A fresh folder for the length of `body`.
  static func inFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("auditcli-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.path)
  }
}
