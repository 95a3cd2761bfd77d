/// HTML as strictly as a report has to be written: every tag is known, closed, and within its parent.
struct Markup {
  /// The names of all tags.
  private(set) var names: Set<String> = []
  /// The names of all attributes.
  private(set) var attributes: Set<String> = []
  /// All text between tags, unescaped.
  private(set) var text = ""

  private static let void: Set<String> = ["meta"]

  /// What is no such HTML, and where.
  struct Fault: Error {
    let what: String
    let place: String
  }

  /// Reads HTML.
  ///
  /// - Throws: `Fault` where a tag is malformed, unclosed, or closes another.
  init(_ html: String) throws {
    var rest = html[...]
    var open: [String] = []
    while let start = rest.firstIndex(of: "<") {
      text += try Self.unescaped(rest[..<start])
      rest = rest[start...]
      if rest.hasPrefix("<!DOCTYPE html>") {
        rest = rest.dropFirst("<!DOCTYPE html>".count)
        continue
      }
      guard
        let tag = rest.prefixMatch(of: #/<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"<>]*")?)*)>/#)
      else { throw Fault(what: "no tag", place: String(rest.prefix(80))) }
      let name = String(tag.2)
      names.insert(name)
      for attribute in tag.3.matches(of: #/ ([a-z-]+)(?:="[^"]*")?/#) {
        attributes.insert(String(attribute.1))
      }
      rest = rest[tag.range.upperBound...]
      if !tag.1.isEmpty {
        guard open.popLast() == name else { throw Fault(what: "</\(name)>", place: html) }
      } else if name == "style" {
        guard let end = rest.firstRange(of: "</style>") else {
          throw Fault(what: "<style> is open", place: "")
        }
        rest = rest[end.upperBound...]
      } else if !Self.void.contains(name) {
        open.append(name)
      }
    }
    text += try Self.unescaped(rest)
    guard open.isEmpty else { throw Fault(what: "open: \(open)", place: "") }
  }

  private static func unescaped(_ text: Substring) throws -> String {
    guard !text.contains(">") else { throw Fault(what: "a bare >", place: String(text)) }
    let escapes = ["&lt;": "<", "&gt;": ">", "&quot;": "\"", "&#39;": "'", "&amp;": "&"]
    var plain = ""
    var rest = text
    while let start = rest.firstIndex(of: "&") {
      plain += rest[..<start]
      rest = rest[start...]
      guard let escape = escapes.first(where: { rest.hasPrefix($0.key) }) else {
        throw Fault(what: "an unknown escape", place: String(rest.prefix(40)))
      }
      plain += escape.value
      rest = rest.dropFirst(escape.key.count)
    }
    return plain + String(rest)
  }
}

/// What of Markdown is not code: of that nothing may be what others wrote.
struct MarkdownProse {
  /// The lines outside fences, without their spans of code.
  private(set) var lines: [String] = []
  /// The contents of all spans of code and fences.
  private(set) var code: [String] = []

  init(_ markdown: String) {
    var fence: String?
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      if let open = fence {
        if line == open { fence = nil } else { code.append(String(line)) }
      } else if let match = line.wholeMatch(of: #/(`{3,})[a-z]*/#) {
        fence = String(match.1)
      } else {
        lines.append(withoutSpans(line))
      }
    }
  }

  /// A line without its spans of code: a span ends with as many backticks as it begins with.
  private mutating func withoutSpans(_ line: Substring) -> String {
    var prose = ""
    var rest = line
    while let start = rest.firstIndex(of: "`") {
      prose += rest[..<start]
      let run = rest[start...].prefix { $0 == "`" }.count
      rest = rest[start...].dropFirst(run)
      guard let end = Self.end(of: run, in: rest) else {
        prose += String(repeating: "`", count: run)
        continue
      }
      code.append(String(rest[..<end]))
      rest = rest[end...].dropFirst(run)
    }
    return prose + String(rest)
  }

  private static func end(of run: Int, in text: Substring) -> Substring.Index? {
    var place = text.startIndex
    while let start = text[place...].firstIndex(of: "`") {
      let length = text[start...].prefix { $0 == "`" }.count
      if length == run { return start }
      place = text.index(start, offsetBy: length)
    }
    return nil
  }
}
