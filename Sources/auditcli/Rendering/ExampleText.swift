internal import Replay
internal import Values

/// An execution and what differs in it, as lines of a terminal: one where all of it fits.
struct ExampleText {
  /// The execution, and what is said of it beside its id.
  let head: [String]
  /// What differs and where, or else why, in one sentence.
  let sentence: String?
  /// What differs.
  let change: Change?
  /// The columns of the terminal.
  let width: Int

  /// The lines.
  var lines: [String] {
    let line = "    " + head.filter { !$0.isEmpty }.joined(separator: "  ")
    guard let sentence = sentence?.visible else { return [line] }
    if line.columns + 2 + sentence.columns <= width { return ["\(line)  \(sentence)"] }
    guard let change, let sides = change.sides, sentence.columns + 6 > width else {
      return [line, "      \(sentence)"]
    }
    // What was and what would be stand below each other, where they are seen to differ.
    return [
      line, "      \(change.place.visible)", Style.bad("        - \(sides.before.visible)"),
      Style.good("        + \(sides.after.visible)"),
    ]
  }
}
