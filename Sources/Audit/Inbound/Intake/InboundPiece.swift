/// Whole documents of one file, a commit's worth, on their way to a worker.
struct InboundPiece: Sendable {
  /// The file, by its place among those to be read.
  let file: Int
  /// Where the documents stand in the window.
  let range: Range<Int>
  let documents: Documents
  let window: InboundWindow
  /// How many documents there are at most: blank lines count.
  let count: Int

  /// How the documents are told apart.
  enum Documents: Sendable {
    /// Each line is one; the first has this number. `ends` are where they end, in order.
    case lines(first: Int, ends: [Int])
    /// Cut already, with places in the window.
    case parts([DocumentSplitter.Part])
  }
}

extension InboundPiece {
  /// Each document or broken part, with its place in the window.
  func forEach(_ body: (DocumentSplitter.Part) throws -> Void) rethrows {
    switch documents {
    case .parts(let parts): try parts.forEach(body)
    case .lines(let first, let ends): try forEachLine(from: first, ends, body)
    }
  }

  private func forEachLine(
    from first: Int,
    _ ends: [Int],
    _ body: (DocumentSplitter.Part) throws -> Void
  ) rethrows {
    let bytes = window.bytes
    var start = range.lowerBound
    for (index, end) in ends.enumerated() {
      var document = start..<end
      while let byte = bytes[document].first, byte.isJSONWhitespace {
        document = (document.lowerBound + 1)..<document.upperBound
      }
      while let byte = bytes[document].last, byte.isJSONWhitespace {
        document = document.lowerBound..<(document.upperBound - 1)
      }
      if !document.isEmpty {
        try body(DocumentSplitter.Part(range: document, line: first + index, error: nil))
      }
      start = end + 1
    }
  }
}
