import Foundation
import TestSupport
import Testing

/// A Markdown page of the project.
struct Document: Sendable, CustomTestStringConvertible {
  /// The path below the package's folder.
  let name: String
  let lines: [String]

  var testDescription: String { name }
  var path: String { PackageFolder.path(name) }

  init(_ name: String) throws {
    self.name = name
    let text = try String(contentsOfFile: PackageFolder.path(name), encoding: .utf8)
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// Every page: those at the top, of the documents and of the fixtures.
  static let all: [Document] = {
    var names: [String] = []
    for folder in ["", "docs", "fixtures", "Benchmarks"] {
      let path = PackageFolder.path(folder)
      let found = (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []
      for name in found.sorted() where name.hasSuffix(".md") {
        if folder.isEmpty && name.contains("/") { continue }
        if name.contains(".build/") { continue }
        names.append(folder.isEmpty ? name : folder + "/" + name)
      }
    }
    return names.compactMap { try? Document($0) }
  }()

  /// The text without the fenced blocks.
  var prose: [String] {
    var isFenced = false
    return lines.filter { line in
      if line.hasPrefix("```") {
        isFenced.toggle()
        return false
      }
      return !isFenced
    }
  }

  /// The fenced blocks of console sessions, as their lines.
  var sessions: [[String]] {
    var sessions: [[String]] = []
    var current: [String]?
    var isOther = false
    for line in lines {
      if line.hasPrefix("```") {
        if let ended = current {
          sessions.append(ended)
          current = nil
        } else if isOther {
          isOther = false
        } else if ["```console", "```sh", "```bash"].contains(line) {
          current = []
        } else {
          isOther = true
        }
      } else {
        current?.append(line)
      }
    }
    return sessions
  }
}

/// A command line as a shell would read it: without quotes, comments, redirections and what is piped in.
struct CommandLine {
  let words: [String]

  /// Reads a line such as `$ auditcli search 'a b'  # why`.
  init(_ line: String) {
    let prompt = line.hasPrefix("$ ") ? String(line.dropFirst(2)) : line
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in prompt {
      switch (character, quote) {
      case (let ending, .some(let open)) where ending == open: quote = nil
      case (_, .some): word = (word ?? "") + String(character)
      case ("'", nil), ("\"", nil):
        quote = character
        word = word ?? ""
      case (" ", nil), ("\n", nil):
        if let ended = word { words.append(ended) }
        word = nil
      default: word = (word ?? "") + String(character)
      }
    }
    if let word { words.append(word) }
    if let pipe = words.lastIndex(of: "|") { words.removeFirst(pipe + 1) }
    if let end = words.firstIndex(where: { ["#", ">", "2>", "&&", "<"].contains($0) }) {
      words.removeSubrange(end...)
    }
    self.words = words
  }
}
