/// Cuts a file into its JSON documents without changing a byte of them.
///
/// A file is JSON Lines, one document over several lines, several such documents one after
/// another, or arrays of documents, in any order. Blank lines and a byte order mark at the start
/// belong to no document. What is broken is given up as far as its brackets reach, else to where a
/// document may begin.
///
/// In JSON Lines, lines are cut but not read: a broken line is found by whoever parses it.
public struct DocumentSplitter: Sequence, IteratorProtocol {
  /// A document of a file, or a part of it that is none.
  public struct Part: Hashable, Sendable {
    /// Where its bytes stand in the file.
    public let range: Range<Int>
    /// The line it begins in, from 1.
    public let line: Int
    /// Why it is no document; nil for a document.
    ///
    /// Its offset counts from the part's start.
    public let error: JSONReadError?
  }

  private enum State {
    /// At a place where a line or a document begins.
    case undecided
    /// Every line is a document.
    case lines
    /// In an array whose items are documents; whether a comma is due before the next.
    case array(isFirst: Bool)
  }

  private let bytes: UnsafeRawBufferPointer
  /// Whether the file ends with the bytes.
  private let endsFile: Bool
  private var state = State.undecided
  private var position = 0
  /// The line that `countedTo` stands in.
  private var line: Int
  private var countedTo = 0

  /// Begins to cut a file, or a piece of one that begins at a given line.
  ///
  /// The bytes must stay valid and unchanged while parts are taken.
  public init(_ bytes: UnsafeRawBufferPointer, firstLine: Int = 1) {
    self.init(bytes, firstLine: firstLine, endsFile: true)
  }

  /// Begins to cut a file of which there may be more.
  init(_ bytes: UnsafeRawBufferPointer, firstLine: Int = 1, endsFile: Bool) {
    self.bytes = bytes
    self.endsFile = endsFile
    line = firstLine
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { position = 3 }
  }

  /// Goes on at a line of a file that does not look like a document of its own.
  init(_ bytes: UnsafeRawBufferPointer, from position: Int, line: Int, endsFile: Bool) {
    self.bytes = bytes
    self.endsFile = endsFile
    self.position = position
    self.line = line
    countedTo = position
  }

  /// The next document or broken part; nil at the end.
  ///
  /// - Complexity: O(bytes of the part).
  public mutating func next() -> Part? {
    while true {
      switch state {
      case .undecided:
        guard skipBlank() else { return nil }
        if let part = begin() { return part }
      case .lines:
        guard let range = nextLine() else { return nil }
        guard bytes.isNoSingleDocument(range) else { return document(range) }
        position = range.lowerBound
        state = .undecided
      case .array(let isFirst):
        if let part = nextItem(isFirst: isFirst) { return part }
      }
    }
  }
}

extension DocumentSplitter {
  /// Decides what begins here; nil when that is an array, whose items come next.
  private mutating func begin() -> Part? {
    if bytes[position] == UInt8(ascii: "[") {
      position += 1
      state = .array(isFirst: true)
      return nil
    }
    let whole = trimmed(position..<lineEnd(from: position))
    if isWhole(whole) {
      state = .lines
      position = whole.upperBound
      return document(whole)
    }
    return scanFree()
  }

  /// A document over several lines, or a broken part up to where the next may begin.
  private mutating func scanFree() -> Part {
    let start = position
    var scanner = JSONScanner(bytes, at: start)
    do throws(JSONReadError) {
      try scanner.scanValue()
      position = scanner.position
      return document(start..<position)
    } catch {
      switch JSONBrackets.follow(from: start, in: bytes) {
      case .end(let end): position = end
      case .cutOff where !endsFile: position = bytes.count
      case .cutOff, .broken: return reject(from: start, error)
      }
      return broken(start..<position, error)
    }
  }

  private mutating func nextItem(isFirst: Bool) -> Part? {
    let start = position
    guard skipBlank() else {
      return reject(from: Swift.min(start, bytes.count), unfinished)
    }
    if bytes[position] == UInt8(ascii: "]") {
      position += 1
      state = .undecided
      return nil
    }
    if !isFirst {
      guard bytes[position] == UInt8(ascii: ",") else {
        let reason = "`,` or `]` is due"
        return reject(
          from: position,
          JSONReadError(kind: .notJSON, offset: position, reason: reason)
        )
      }
      position += 1
      guard skipBlank() else { return reject(from: position, unfinished) }
    }
    state = .array(isFirst: false)
    return scanFree()
  }

  private var unfinished: JSONReadError {
    JSONReadError(kind: .notJSON, offset: bytes.count, reason: "the file ends inside an array")
  }

  /// Gives up what begins at `start` and goes on where a document may begin.
  ///
  /// That is the line after it, or, when the error lies further down, the next line that is a
  /// document by itself or opens one behind the error.
  private mutating func reject(from start: Int, _ error: JSONReadError) -> Part {
    var end = lineEnd(from: start)
    if error.offset > end {
      while end < bytes.count, !mayBegin(at: end + 1, errorAt: error.offset) {
        end = lineEnd(from: end + 1)
      }
    }
    position = end
    state = .undecided
    return broken(start..<end, error)
  }

  private mutating func broken(_ range: Range<Int>, _ error: JSONReadError) -> Part {
    let start = range.lowerBound
    return Part(
      range: range,
      line: lineNumber(at: start),
      error: JSONReadError(kind: error.kind, offset: error.offset - start, reason: error.reason)
    )
  }

  private func mayBegin(at offset: Int, errorAt error: Int) -> Bool {
    guard offset < bytes.count else { return false }
    guard bytes[offset] == UInt8(ascii: "{") || bytes[offset] == UInt8(ascii: "[") else {
      return false
    }
    return offset >= error || isWhole(offset..<lineEnd(from: offset))
  }

  /// Whether a line is a document by itself.
  private func isWhole(_ line: Range<Int>) -> Bool {
    var scanner = JSONScanner(UnsafeRawBufferPointer(rebasing: bytes[line]))
    return (try? scanner.scanDocument()) != nil
  }
}

// MARK: - Files that are read piece by piece

extension DocumentSplitter {
  /// Whether every further line is taken as a document.
  var takesLines: Bool {
    guard case .lines = state else { return false }
    return true
  }

  /// How many bytes are done with.
  var consumed: Int { position }

  /// Goes on in other bytes, which begin with those that this one has not consumed.
  func resumed(in bytes: UnsafeRawBufferPointer, endsFile: Bool) -> DocumentSplitter {
    var counting = self
    let line = counting.lineNumber(at: position)
    var resumed = DocumentSplitter(bytes, firstLine: line, endsFile: endsFile)
    resumed.state = state
    // A byte order mark begins a file, never a later piece of one.
    resumed.position = 0
    return resumed
  }
}

// MARK: - Lines

extension DocumentSplitter {
  /// The next line that is not blank, without the white space around it.
  private mutating func nextLine() -> Range<Int>? {
    guard skipBlank() else { return nil }
    let range = trimmed(position..<lineEnd(from: position))
    position = range.upperBound
    return range
  }

  /// Passes white space; false at the end of the file.
  private mutating func skipBlank() -> Bool {
    var scanner = JSONScanner(bytes, at: position)
    scanner.skipWhitespace()
    position = scanner.position
    return position < bytes.count
  }

  private func lineEnd(from offset: Int) -> Int {
    bytes.lineEnd(from: offset, to: bytes.count)
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var end = range.upperBound
    while end > range.lowerBound, bytes[end - 1].isJSONWhitespace { end -= 1 }
    return range.lowerBound..<end
  }

  private mutating func document(_ range: Range<Int>) -> Part {
    Part(range: range, line: lineNumber(at: range.lowerBound), error: nil)
  }

  private mutating func lineNumber(at offset: Int) -> Int {
    guard offset > countedTo else { return line }
    while countedTo < offset {
      let end = bytes.lineEnd(from: countedTo, to: offset)
      if end < offset { line += 1 }
      countedTo = end + 1
    }
    countedTo = offset
    return line
  }
}
