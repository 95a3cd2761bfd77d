public import EventStore
public import Values

/// What an ingest did.
public struct IngestReport: Hashable, Sendable {
  /// How many events are new in the log.
  public var appended = 0
  /// How many were there before, with the same bytes.
  public var duplicates = 0
  /// How many have the id of another event and other bytes; they are in the log as conflicts.
  public var conflicting = 0
  /// How many documents are no events.
  public var rejected = 0
  /// How many events the hook's filter kept out.
  public var filtered = 0
  /// How many events speak for nobody that is known.
  public var withoutOrigin = 0
  /// How many events name nobody they speak for, and got the store's or the hook's origin.
  public var withDefaultOrigin = 0
  /// How many events hold what cannot be read; they are kept, and no filter finds them.
  public var unreadable = 0
  /// How many events do not say when they happened; no range of time finds them.
  public var timeless = 0
  /// How many events give their time without an offset, or with a space for the `T`; it was taken as
  /// UTC.
  public var withoutOffset = 0
  /// How many documents secrets were covered in.
  public var covered = 0
  /// What the secrets stood under.
  public var secretNames: Set<Text> = []
  /// Where new events and conflicts are, ascending and apart from one another.
  public var positions: [Range<Position>] = []

  /// Where events are that were there before, in any order.
  public private(set) var knownPositions: [Range<Position>] = []

  /// Makes a report of nothing.
  public init() {}

  /// Where the first new event is.
  public var first: Position? { positions.first?.lowerBound }

  /// Where the last new event is.
  public var last: Position? { positions.last.map { $0.upperBound.advanced(by: -1) } }
}

extension IngestReport {
  /// Counts what became of a batch.
  mutating func count(_ outcomes: [AppendOutcome]) {
    for outcome in outcomes {
      switch outcome {
      case .appended(let position):
        appended += 1
        note(position)
      case .conflicting(let position, _):
        conflicting += 1
        note(position)
      case .duplicate(let position):
        duplicates += 1
        Self.note(position, in: &knownPositions)
      }
    }
  }

  /// Counts what of a piece is not appended.
  mutating func count(_ piece: PieceResult) {
    rejected += piece.rejected.count
    filtered += piece.filtered
    withoutOrigin += piece.withoutOrigin
    withDefaultOrigin += piece.withDefaultOrigin
    unreadable += piece.unreadable
    timeless += piece.timeless
    withoutOffset += piece.withoutOffset
    covered += piece.covered
    secretNames.formUnion(piece.secretNames)
  }

  /// How far the ingest has come.
  func progress(bytes: Int, totalBytes: Int?) -> IngestProgress {
    IngestProgress(
      bytes: bytes,
      totalBytes: totalBytes,
      events: appended + duplicates + conflicting
    )
  }

  private mutating func note(_ position: Position) { Self.note(position, in: &positions) }

  private static func note(_ position: Position, in positions: inout [Range<Position>]) {
    let next = position.advanced(by: 1)
    if let last = positions.last, last.upperBound == position {
      positions[positions.count - 1] = last.lowerBound..<next
    } else {
      positions.append(position..<next)
    }
  }
}

/// A document that is no event, or too much for one.
public struct RejectedDocument: Hashable, Sendable {
  /// The file; `-` is standard input.
  public let file: String
  /// The line it begins in, from 1.
  public let line: Int
  /// Why; none of the document's text.
  public let reason: String
}

extension RejectedDocument {
  /// A rejected document of a piece; the files by the names they were given.
  init(_ rejected: (file: Int, line: Int, reason: String), in files: [String]) {
    self.init(file: files[rejected.file], line: rejected.line, reason: rejected.reason)
  }
}

/// How far an ingest has come.
public struct IngestProgress: Hashable, Sendable {
  /// How many bytes of the files are done with.
  public let bytes: Int
  /// How many there are, where that is known.
  public let totalBytes: Int?
  /// How many events are done with.
  public let events: Int
}
