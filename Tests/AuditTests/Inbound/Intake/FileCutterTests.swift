import TestSupport
import Testing

@testable import Audit

@Suite struct FileCutterTests {
  /// The parts of a file as `line:text`, rejected ones as `line!`.
  func parts(_ file: String, windowBytes: Int, pieceCount: Int) throws -> [String] {
    try withTemporaryFolder { folder in
      try write(file, to: folder + "/file")
      var limits = FileCutter.Limits()
      limits.windowBytes = windowBytes
      limits.pieceBytes = windowBytes
      limits.pieceCount = pieceCount
      var cutter = try FileCutter(InboundFile(folder + "/file"), index: 0, limits: limits)
      var parts: [String] = []
      while let piece = try cutter.next() {
        piece.forEach { part in
          let text = String(decoding: piece.window.bytes[part.range], as: UTF8.self)
          parts.append(part.error == nil ? "\(part.line):\(text)" : "\(part.line)!")
        }
      }
      return parts
    }
  }

  static let lines = (1...40).map {
    "{\"number\":\($0),\"text\":\"\(String(repeating: "é", count: $0))\"}"
  }

  static let files = [
    "", "\n\n", "{}", "\u{FEFF}{\"a\":1}\n{\"b\":2}\n",
    lines.joined(separator: "\n"),
    lines.joined(separator: "\r\n\n") + "\n",
    "[" + lines.joined(separator: ",\n ") + "]",
    "[\n" + lines.joined(separator: ",") + "\n]\n" + "[" + lines.joined(separator: ",") + "]",
    lines.map { $0.split(separator: ",").joined(separator: ",\n") }.joined(separator: "\n"),
    (lines.prefix(20) + ["{\"broken\":", "prose"] + lines.suffix(20)).joined(separator: "\n"),
    "# prose\n" + lines.joined(separator: "\n"),
  ]

  @Test(arguments: files, [1 << 20, 2000, 700, 256, 100])
  func `a file is cut the same however little of it is in memory`(
    _ file: String,
    windowBytes: Int
  ) throws {
    let whole = Array(file.utf8).withUnsafeBytes { bytes in
      DocumentSplitter(bytes).map { part in
        let text = String(decoding: bytes[part.range], as: UTF8.self)
        return part.error == nil ? "\(part.line):\(text)" : "\(part.line)!"
      }
    }
    #expect(try parts(file, windowBytes: windowBytes, pieceCount: 1000) == whole)
    #expect(try parts(file, windowBytes: windowBytes, pieceCount: 3) == whole)
  }

  @Test func `a line longer than an event may be is given up, and the next is read`() throws {
    let long = "{\"long\":\"" + String(repeating: "x", count: 9000) + "\"}"
    try withTemporaryFolder { folder in
      try write("{\"a\":1}\n\(long)\n{\"b\":2}\n", to: folder + "/file")
      var limits = FileCutter.Limits()
      limits.windowBytes = 512
      limits.documentBytes = 2048
      var cutter = try FileCutter(InboundFile(folder + "/file"), index: 0, limits: limits)
      var lines: [String] = []
      while let piece = try cutter.next() {
        piece.forEach { lines.append("\($0.line)\($0.error == nil ? "" : "!")") }
      }
      #expect(lines == ["1", "2!", "3"])
    }
  }

  @Test func `a file that is not there is named`() {
    #expect(throws: IngestError.self) { try InboundFile("/nonexistent/file") }
  }
}
