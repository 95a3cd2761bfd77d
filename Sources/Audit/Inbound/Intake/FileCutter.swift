internal import EventStore

/// Cuts a file of any length into pieces of whole documents, holding little of it at a time.
///
/// The cutting itself is `DocumentSplitter`'s; where it would decide on bytes that the end of the
/// window has cut off, the window is moved on, or widened, and the decision made again.
struct FileCutter {
  /// How much of a file is handled at a time.
  struct Limits {
    /// At most this many documents make a piece.
    var pieceCount = 500
    /// About this many bytes make a piece; a single document may be longer.
    var pieceBytes = 1 << 20
    /// How much of a file is read at a time: a piece and, mostly, the line that ends it, so that
    /// little is left over to be copied into the next window.
    var windowBytes = (1 << 20) + (256 << 10)
    /// A document longer than this is given up, with the line it begins in.
    var documentBytes = EventLog.maximumDataSize
  }

  private let file: InboundFile
  private let index: Int
  private let limits: Limits
  private let pool: WindowPool
  private var window: InboundWindow
  private var hasEnded: Bool
  private var splitter: DocumentSplitter
  /// From here on every line is a document.
  private var lines: (position: Int, line: Int)?

  init(_ file: InboundFile, index: Int, limits: Limits = Limits()) throws {
    self.file = file
    self.index = index
    self.limits = limits
    pool = WindowPool(keeping: limits.windowBytes + JSONReader.padding)
    window = InboundWindow(
      capacity: Self.capacity(for: file, at: limits.windowBytes),
      from: pool
    )
    hasEnded = try window.fill(with: UnsafeRawBufferPointer(start: nil, count: 0), from: file)
    splitter = DocumentSplitter(window.bytes, endsFile: hasEnded)
  }

  /// The next piece; nil at the end of the file.
  mutating func next() throws -> InboundPiece? {
    if lines == nil, let piece = try nextParts() { return piece }
    return lines == nil ? nil : try nextLines()
  }

  private static func capacity(for file: InboundFile, at least: Int) -> Int {
    // One byte more than the file, so that its end is seen by the first read.
    guard let size = file.size, size < least else { return least }
    return size + 1
  }
}

// MARK: - Documents of any form

extension FileCutter {
  /// The next documents that are not lines; nil where there are no more of them.
  private mutating func nextParts() throws -> InboundPiece? {
    var parts: [DocumentSplitter.Part] = []
    var bytes = 0
    while parts.count < limits.pieceCount, bytes < limits.pieceBytes {
      let before = splitter
      let part = splitter.next()
      if !hasEnded, part.map({ isCutOff($0) }) ?? true {
        splitter = before
        // Ranges of a piece are places in one window.
        guard parts.isEmpty else { break }
        let left = window
        try moveWindow(keepingFrom: before.consumed)
        // The splitter counts lines in the window it leaves.
        splitter = withExtendedLifetime(left) {
          before.resumed(in: window.bytes, endsFile: hasEnded)
        }
        continue
      }
      guard let part else { break }
      if splitter.takesLines {
        lines = (part.range.lowerBound, part.line)
        break
      }
      parts.append(part)
      bytes += part.range.count
    }
    guard let first = parts.first, let last = parts.last else { return nil }
    return InboundPiece(
      file: index,
      range: first.range.lowerBound..<last.range.upperBound,
      documents: .parts(parts),
      window: window,
      count: parts.count
    )
  }

  /// Whether more of the file could make something else of the part.
  private func isCutOff(_ part: DocumentSplitter.Part) -> Bool {
    let end = window.count
    guard window.count - part.range.lowerBound <= limits.documentBytes else { return false }
    guard part.range.upperBound < end else { return true }
    guard let error = part.error else {
      // A line is a document by what stands on all of it.
      return splitter.takesLines
        && window.bytes.lineEnd(from: part.range.upperBound, to: end) == end
    }
    // What is cut off is the end of a token, and no token goes over a line's end.
    let place = part.range.lowerBound + error.offset
    return window.bytes.lineEnd(from: place, to: end) == end
  }

  /// Reads on: what is kept becomes the start of the next window.
  private mutating func moveWindow(keepingFrom position: Int) throws {
    let kept = UnsafeRawBufferPointer(rebasing: window.bytes[position...])
    let capacity = kept.count > limits.windowBytes / 2 ? kept.count * 2 : limits.windowBytes
    let next = InboundWindow(capacity: capacity, from: pool)
    hasEnded = try next.fill(with: kept, from: file)
    window = next
  }
}

// MARK: - Lines

extension FileCutter {
  private mutating func nextLines() throws -> InboundPiece? {
    while let (position, line) = lines {
      guard position < window.count || !hasEnded else { return nil }
      let lineEnd = window.bytes.lineEnd(from: position, to: window.count)
      if lineEnd < window.count || hasEnded,
        window.bytes.isNoSingleDocument(position..<lineEnd)
      {
        lines = nil
        splitter = DocumentSplitter(
          window.bytes,
          from: position,
          line: line,
          endsFile: hasEnded
        )
        return try nextParts() ?? next()
      }
      let (end, ends, isWhole) = cutLines(from: position)
      let count = ends.count
      // A line that does not fit beside those before it waits until it is the first.
      let isBlocked = count > 0 && window.count - position >= limits.windowBytes
      if isWhole || hasEnded || isBlocked {
        lines = (end, line + count)
        return InboundPiece(
          file: index,
          range: position..<end,
          documents: .lines(first: line, ends: ends),
          window: window,
          count: count
        )
      }
      if window.count - position > limits.documentBytes + limits.windowBytes, count == 0 {
        return try giveUpLine(from: position, line)
      }
      try moveWindow(keepingFrom: position)
      lines = (0, line)
    }
    return nil
  }

  /// Where a piece's worth of lines ends, where each of them does, and whether it is a whole piece.
  private func cutLines(from position: Int) -> (end: Int, ends: [Int], isWhole: Bool) {
    let bytes = window.bytes
    var end = position
    var ends: [Int] = []
    while ends.count < limits.pieceCount, end - position < limits.pieceBytes {
      let next = bytes.lineEnd(from: end, to: bytes.count)
      guard next < bytes.count || hasEnded else { return (end, ends, false) }
      guard end < bytes.count else { break }
      if !ends.isEmpty, bytes.isNoSingleDocument(end..<next) { break }
      end = Swift.min(next + 1, bytes.count)
      ends.append(next)
    }
    return (end, ends, true)
  }

  /// Passes over a line that is too long to be kept.
  private mutating func giveUpLine(from position: Int, _ line: Int) throws -> InboundPiece {
    var length = window.count - position
    var end = window.count
    while end == window.count, !hasEnded {
      try moveWindow(keepingFrom: window.count)
      end = window.bytes.lineEnd(from: 0, to: window.count)
      length += end
    }
    lines = (Swift.min(end + 1, window.count), line + 1)
    let error = JSONReadError(
      kind: .notJSON,
      offset: limits.documentBytes,
      reason: "the line has \(length) bytes, more than the \(limits.documentBytes) of one event"
    )
    let part = DocumentSplitter.Part(range: 0..<0, line: line, error: error)
    return InboundPiece(
      file: index,
      range: 0..<0,
      documents: .parts([part]),
      window: window,
      count: 1
    )
  }
}
