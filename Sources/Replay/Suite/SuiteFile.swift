internal import Crypto
internal import Values

/// A file of a suite.
public struct SuiteFile: Hashable, Sendable {
  /// Its name below the suite's folder: `recordings/….jsonl`.
  public let name: String
  /// What is in it.
  public let bytes: [UInt8]

  /// Makes a file.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}

extension SuiteFile {
  /// The file that lists all others.
  public static let manifest = "suite.jsonl"
  /// The folders that a suite's folder has.
  public static let folders = ["flows", "recordings"]

  static let attributes = ".gitattributes"
  static let events = "events.jsonl"
  static let tables = "tables.jsonl"
  private static let flow = (start: "flows/", end: ".json")
  private static let recording = (start: "recordings/", end: ".jsonl")
  private static let longestStem = 64

  /// Whether a file of a suite can have that name: none leads out of its folder.
  public static func isName(_ name: String) -> Bool {
    if [manifest, attributes, events, tables].contains(name) { return true }
    return [flow, recording].contains { kind in
      guard name.hasPrefix(kind.start), name.hasSuffix(kind.end) else { return false }
      return isStem(name.utf8.dropFirst(kind.start.utf8.count).dropLast(kind.end.utf8.count))
    }
  }

  /// The name of the file of a flow version.
  static func name(ofFlow hash: Text) -> String { flow.start + stem(hash) + flow.end }

  /// The name of the file of a recording.
  static func name(ofRecording execution: Text) -> String {
    recording.start + stem(execution) + recording.end
  }

  var isFlow: Bool { name.hasPrefix(Self.flow.start) }
  var isRecording: Bool { name.hasPrefix(Self.recording.start) }

  /// Its digest, as hexadecimal digits.
  var digest: Text { Hexadecimal.encode(SHA256.hash(data: bytes)) }

  /// An id as a part of a file's name: ids that others chose become digests.
  private static func stem(_ id: Text) -> String {
    isStem(id.bytes) ? id.description : "\(Hexadecimal.encode(SHA256.hash(data: id.bytes)))"
  }

  /// Lower case alone, since some file systems do not tell it from upper case.
  private static func isStem(_ bytes: some Collection<UInt8>) -> Bool {
    guard !bytes.isEmpty, bytes.count <= longestStem, bytes.first != UInt8(ascii: "-") else {
      return false
    }
    return bytes.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
    }
  }
}
