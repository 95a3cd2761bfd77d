import Foundation
import TestSupport
import Testing

/// Pages lead where they say, and words mean what the glossary says.
@Suite struct PageTests {
  @Test(arguments: Document.all)
  func `every relative link leads to a file`(_ page: Document) {
    let folder = URL(fileURLWithPath: page.path).deletingLastPathComponent().path
    for line in page.prose {
      for link in line.matches(of: #/\]\(([^)\s]+)\)/#) {
        let target = String(link.output.1)
        if target.contains("://") || target.hasPrefix("mailto:") || target.hasPrefix("#") {
          continue
        }
        let file = target.prefix { $0 != "#" }
        #expect(PackageFolder.exists(folder + "/" + file), "\(page.name) links to \(target)")
      }
    }
  }

  @Test func `every page of the documents is linked from another`() {
    var linked: Set<String> = []
    for page in Document.all {
      for line in page.prose {
        for link in line.matches(of: #/\]\(([^)\s#]+)/#) {
          linked.insert(String(link.output.1.split(separator: "/").last ?? ""))
        }
      }
    }
    for page in Document.all where page.name.hasPrefix("docs/") && !page.name.contains("/adr/") {
      let name = String(page.name.split(separator: "/").last ?? "")
      #expect(linked.contains(name), "nothing leads to \(page.name)")
    }
  }

  @Test func `every word of the glossary is used`() throws {
    let used = try
      (Self.sources()
      + Document.all.filter { $0.name != "docs/glossary.md" }
      .map(\.path)).map { try String(contentsOfFile: $0, encoding: .utf8).lowercased() }
    for row in try Document("docs/glossary.md").lines where row.hasPrefix("| ") {
      let words = row.split(separator: "|").first?.split(separator: ",") ?? []
      for word in words.map({ $0.trimmingCharacters(in: .whitespaces).lowercased() })
      where word != "say" && !word.hasPrefix("-") {
        #expect(used.contains { $0.contains(word) }, "nothing speaks of `\(word)`")
      }
    }
  }

  @Test func `no name is a bag`() throws {
    let declared = #/\b(?:struct|class|enum|protocol|actor|typealias|extension)\s+([A-Za-z0-9_]+)/#
    let bag = #/Manager|Helper|Util/#
    for path in try Self.sources() {
      let name = String(path.split(separator: "/").last ?? "")
      #expect(!name.contains(bag), "\(path)")
      let text = try String(contentsOfFile: path, encoding: .utf8)
      for line in text.split(separator: "\n") where !line.contains("//") && !line.contains("\"") {
        for match in line.matches(of: declared) {
          #expect(!match.output.1.contains(bag), "\(name): \(match.output.1)")
        }
      }
    }
  }

  /// The paths of all Swift files.
  private static func sources() throws -> [String] {
    try ["Sources", "Tests"].flatMap { folder in
      let path = PackageFolder.path(folder)
      return try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
        .filter { $0.hasSuffix(".swift") }.map { path + "/" + $0 }
    }
  }
}
