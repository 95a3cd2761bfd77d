internal import Foundation

/// Results as a Markdown table; each row is shown as soon as it is there.
struct ResultTable {
  private var rows: [String] = []

  /// What a ratio should be.
  enum Goal {
    case atLeast(Double)
    case atMost(Double)
    case none
  }

  /// Adds a rate beside a reference's; more is better.
  mutating func add(
    _ work: String,
    _ timing: Timing,
    _ unit: String,
    _ reference: String,
    _ other: Timing,
    _ goal: Goal = .none
  ) {
    add(
      work,
      "\(Self.number(timing.rate)) \(unit)/s",
      "\(reference): \(Self.number(other.rate))/s",
      timing.ratio(to: other),
      goal
    )
  }

  /// Adds a figure beside a reference's and how they compare.
  mutating func add(
    _ work: String,
    _ figure: String,
    _ reference: String,
    _ ratio: Double,
    _ goal: Goal = .none
  ) {
    let verdict: String
    switch goal {
    case .none: verdict = ""
    case .atLeast(let least):
      verdict = "≥ \(Self.number(least)) × \(ratio >= least ? "met" : "**missed**")"
    case .atMost(let most):
      verdict = "≤ \(Self.number(most)) × \(ratio <= most ? "met" : "**missed**")"
    }
    add(work, figure, reference, "\(Self.number(ratio)) ×", verdict)
  }

  /// Adds a row of texts.
  mutating func add(
    _ work: String,
    _ figure: String,
    _ reference: String = "",
    _ ratio: String = "",
    _ goal: String = ""
  ) {
    let row = "| \(work) | \(figure) | \(reference) | \(ratio) | \(goal) |"
    rows.append(row)
    FileHandle.standardError.write(Data((row + "\n").utf8))
  }

  /// The table.
  var markdown: String {
    (["| work | measured | beside | ratio | goal |", "|---|---|---|---|---|"] + rows)
      .joined(separator: "\n")
  }

  /// A figure with as many digits as mean something.
  static func number(_ figure: Double) -> String {
    switch abs(figure) {
    case 1e6...: String(format: "%.2f M", figure / 1e6)
    case 1e4...: String(format: "%.0f k", figure / 1e3)
    case 100...: String(format: "%.0f", figure)
    case 10...: String(format: "%.1f", figure)
    case 0.1...: String(format: figure == figure.rounded() ? "%.0f" : "%.2f", figure)
    default: String(format: "%.3f", figure)
    }
  }
}
