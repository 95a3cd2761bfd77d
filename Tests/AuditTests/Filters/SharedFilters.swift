import Audit
import TestSupport

/// Filters of others, kept beside the package.
enum SharedFilters {
  /// The System Log filters; those in another language are left out.
  static func systemLog() throws -> [String] {
    try lines("events/system-log-filters.jsonl", member: "filter")
      .filter { !$0.hasPrefix("source:okta") }
  }

  /// The event-hook filters.
  static func eventHook() throws -> [String] {
    try lines("events/event-hook-filters.jsonl", member: "expression")
  }

  /// The texts of a list of the SCIM cases.
  static func scim(_ member: String) throws -> [String] {
    try JSONReader().withDocument(SharedData.bytes("vectors/scim/filter_cases.json")) { root in
      let list = root[JSONName(member.utf8)]
      return list?.items.compactMap { $0.textBytes.map { String(decoding: $0, as: UTF8.self) } }
        ?? []
    }
  }

  /// The SCIM filters with what they are worth.
  static func scimTruths() throws -> [(filter: String, expected: Bool)] {
    try JSONReader().withDocument(SharedData.bytes("vectors/scim/filter_cases.json")) { root in
      (root["evaluate"]?.items).map { items in
        items.compactMap { item in
          guard let filter = item["filter"]?.textBytes, let expected = item["expected"]?.boolean
          else { return nil }
          return (String(decoding: filter, as: UTF8.self), expected)
        }
      } ?? []
    }
  }

  private static func lines(_ path: String, member: String) throws -> [String] {
    let reader = JSONReader()
    let file = try SharedData.bytes(path)
    return try file.split(separator: UInt8(ascii: "\n")).compactMap { line in
      try reader.withDocument(Array(line)) { root in
        root[JSONName(member.utf8)]?.textBytes.map { String(decoding: $0, as: UTF8.self) }
      }
    }
  }
}
