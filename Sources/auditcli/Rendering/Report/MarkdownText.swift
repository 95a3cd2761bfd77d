/// Texts as Markdown shows them.
enum MarkdownText {
  private static let special = Set("\\`*_[]<>|#~&@$")

  /// Words, whatever signs are in them.
  static func words(_ text: String) -> String {
    text.visible.reduce(into: "") { escaped, character in
      if special.contains(character) { escaped.append("\\") }
      escaped.append(character)
    }
  }

  /// A text of one line in a span of code, whose fence is longer than any in it.
  static func code(_ text: String) -> String {
    let text = text.visible
    // A span of code cannot be empty.
    guard !text.isEmpty else { return "*empty*" }
    let fence = String(repeating: "`", count: longestFence(text) + 1)
    // A blank on either side is taken away again where both are there, and the text is not blank.
    let isBare = text.first != "`" && text.last != "`" && text.first != " " && text.last != " "
    let isBlank = text.allSatisfy { $0 == " " }
    return isBare || isBlank ? "\(fence)\(text)\(fence)" : "\(fence) \(text) \(fence)"
  }

  /// How many backticks stand in a row at most.
  static func longestFence(_ text: String) -> Int {
    var (longest, current) = (0, 0)
    for scalar in text.unicodeScalars {
      current = scalar == "`" ? current + 1 : 0
      longest = max(longest, current)
    }
    return longest
  }
}
