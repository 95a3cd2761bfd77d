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

  static let lines: [String] = (1...40).map { number in
    let text = String(repeating: "é", count: number)
    return "{\"number\":\(number),\"text\":\"\(text)\"}"
  }

  struct File: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let text: String

    init(_ description: String, _ text: String) {
      (testDescription, self.text) = (description, text)
    }
  }

  static let files: [File] = [
    File("nothing", ""),
    File("blank lines", "\n\n"),
    File("one document", "{}"),
    File("a byte order mark", "\u{FEFF}{\"a\":1}\n{\"b\":2}\n"),
    File("lines", lines.joined(separator: "\n")),
    File("lines with blanks", lines.joined(separator: "\r\n\n") + "\n"),
    File("an array", "[" + lines.joined(separator: ",\n ") + "]"),
    File("two arrays", "[\n\(lines.joined(separator: ","))\n]\n[\(lines[0]),\(lines[1])]"),
    File("documents over lines", lines.joined(separator: "\n").replacing(",", with: ",\n")),
    File("a broken line", (lines + ["{\"broken\":", "prose"] + lines).joined(separator: "\n")),
    File(
      "arrays and documents over lines among lines",
      (lines + ["[\(lines[0]), \(lines[1])]", "{\n \"a\": 1\n}", "[\n\(lines[2])\n]"] + lines)
        .joined(separator: "\n")
    ),
    File("broken items", "[" + lines.joined(separator: ", {\"a\": NaN},\n ") + "]"),
    File("prose before lines", "# prose\n" + lines.joined(separator: "\n")),
    File(
      "two documents on the first line, far apart",
      lines[0] + String(repeating: "\r", count: 300) + lines[1] + "\n" + lines[2]
    ),
  ]

  @Test(arguments: files, [1 << 20, 2000, 700, 256, 100])
  func `a file is cut the same however little of it is in memory`(
    _ file: File,
    windowBytes: Int
  ) throws {
    let whole = Array(file.text.utf8).withUnsafeBytes { bytes in
      DocumentSplitter(bytes).map { part in
        let text = String(decoding: bytes[part.range], as: UTF8.self)
        return part.error == nil ? "\(part.line):\(text)" : "\(part.line)!"
      }
    }
    for count in [1000, 3] {
      #expect(try parts(file.text, windowBytes: windowBytes, pieceCount: count) == whole)
    }
  }

  /// What files are put together of, good and broken.
  private static let fragments = [
    "{}", "{\"a\":1}", "{\"a\":[1,{\"b\":\"]}\"}]}", "[{\"a\":1},{\"b\":2}]", "[", "]", "{", "}",
    ",",
    "{\n \"a\": 1\n}", "[\n {},\n {\"a\": NaN}\n]", "{\"a\":", "\"text\"", "7", "prose", "\"", "\\",
    " ", "\r", "é", "{\"a\":NaN}", "[1,2",
  ]

  @Test func `whatever a file holds, it is cut the same in small windows`() throws {
    var random = SplitMix64(forTest: "cutting")
    for _ in 0..<400 {
      var text = ""
      for _ in 0..<random.below(30) {
        text += random.pick(Self.fragments)
        if random.below(3) > 0 { text += "\n" }
      }
      let whole = Array(text.utf8).withUnsafeBytes { bytes in
        DocumentSplitter(bytes).map { part in
          let text = String(decoding: bytes[part.range], as: UTF8.self)
          return part.error == nil ? "\(part.line):\(text)" : "\(part.line)!"
        }
      }
      for windowBytes in [1 << 12, 64, 16] {
        let cut = try parts(text, windowBytes: windowBytes, pieceCount: 3)
        #expect(cut == whole, "\(windowBytes): \(text.debugDescription)")
      }
    }
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
