import Foundation
import TestSupport
import Testing

/// A text kept beside the tests, with which what a command writes is compared.
///
/// A missing one is written, and the test fails; `AUDIT_RECORD=1` writes all of them anew.
struct Snapshot {
  static let folder = PackageFolder.path("Tests/EndToEndTests/Snapshots")
  private static let isRecording = ProcessInfo.processInfo.environment["AUDIT_RECORD"] != nil

  let name: String

  private var path: String { "\(Self.folder)/\(name).txt" }

  /// Expects a text to be the kept one.
  func expect(_ text: String) throws {
    guard !Self.isRecording, let kept = try? String(contentsOfFile: path, encoding: .utf8) else {
      try write(text, to: path)
      if !Self.isRecording { Issue.record("\(name).txt was missing; look at it and keep it") }
      return
    }
    guard text != kept else { return }
    let (old, new) = (Self.lines(kept), Self.lines(text))
    let place =
      zip(old, new).enumerated().first { $1.0 != $1.1 }?.offset ?? min(old.count, new.count)
    let before = place < old.count ? old[place] : "(the end)"
    let after = place < new.count ? new[place] : "(the end)"
    Issue.record(
      """
      \(name).txt differs in line \(place + 1):
      kept  \(before)
      now   \(after)
      Where that is meant, record it with AUDIT_RECORD=1.
      """
    )
  }

  private static func lines(_ text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// The names of all that are kept, of one kind.
  static func names(beginningWith prefix: String) throws -> Set<String> {
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
    return Set(
      files.filter { $0.hasPrefix(prefix) && $0.hasSuffix(".txt") }.map { String($0.dropLast(4)) }
    )
  }
}

/// What differs from run to run, made the same: ids, times of this run, sizes, hashes.
struct Masks {
  private let store: String
  private var ids: [String: Int] = [:]

  init(store: String) {
    self.store = store
  }

  /// The text with every such part masked, and runs of blanks narrowed, since widths depend on them.
  mutating func masked(_ text: String) -> String {
    var text = text.replacing(store, with: "STORE")
    for match in text.matches(of: #/[0-9a-f]{8}-[0-9a-f-]{4,27}/#) {
      let id = String(match.output.prefix(8))
      if ids[id] == nil { ids[id] = ids.count + 1 }
    }
    text = text.replacing(#/[0-9a-f]{8}-[0-9a-f-]{4,27}…?/#) { match in
      "<id \(ids[String(match.output.prefix(8))] ?? 0)>"
    }
    // The fixtures' own times stay.
    text = text.replacing(#/[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+Z)?/#)
    {
      $0.output.0.hasPrefix("2026-09-1") ? String($0.output.0) : "<time>"
    }
    text = text.replacing(#/\b[0-9a-f]{64}\b/#, with: "<hash>")
    text = text.replacing(#/\b[0-9]{5,} s\b/#, with: "<seconds> s")
    text = text.replacing(#/took [0-9]+ ms/#, with: "took <count> ms")
    return text.replacing(#/  +/#, with: "  ")
  }
}
