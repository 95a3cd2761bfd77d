/// The pieces of all files, in order.
struct InboundFeed {
  private let names: [String]
  private var nextFile = 0
  private var cutter: FileCutter?
  private var pushedBack: [InboundPiece] = []

  init(_ names: [String]) {
    self.names = names
  }

  /// The next piece; nil behind the last file.
  mutating func next() throws -> InboundPiece? {
    if !pushedBack.isEmpty { return pushedBack.removeFirst() }
    while true {
      if var current = cutter {
        // Held by one owner only, so that the cutter is not copied.
        cutter = nil
        if let piece = try current.next() {
          cutter = current
          return piece
        }
      }
      guard nextFile < names.count else { return nil }
      cutter = try FileCutter(try InboundFile(names[nextFile]), index: nextFile)
      nextFile += 1
    }
  }

  /// About how much memory is given to what is looked at ahead, in bytes.
  private static let mostPeeked = 32 << 20

  /// Looks at the pieces to come, up to where they hold `count` documents or are long; they are still to
  /// come.
  mutating func peek(atLeast count: Int) throws -> [InboundPiece] {
    var peeked: [InboundPiece] = []
    var documents = 0
    var room = 0
    while documents < count, room < Self.mostPeeked, let piece = try next() {
      peeked.append(piece)
      documents += piece.count
      room += piece.window.room
    }
    pushedBack = peeked
    return peeked
  }
}
