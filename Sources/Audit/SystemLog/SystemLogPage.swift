/// A page of System Log entries, as it is handed out.
public struct SystemLogPage: Sendable {
  /// A JSON array of the entries' own bytes.
  public var body: [UInt8] = [UInt8(ascii: "[")]
  /// How many entries it has.
  public var count = 0
  /// Where the next page begins; nil where this is the last.
  public var next: SystemLogCursor?
  /// Whether the search ended at its bounds of time or size and not at the end of the log or of the page.
  public var isCutShort = false

  /// Adds an entry; returns whether it had room.
  mutating func add(_ entry: UnsafeRawBufferPointer, within limit: Int) -> Bool {
    guard count == 0 || body.count + entry.count <= limit else { return false }
    if count > 0 { body.append(UInt8(ascii: ",")) }
    body.append(contentsOf: entry)
    count += 1
    return true
  }
}

/// How much one page may take.
public struct SystemLogBudget: Sendable {
  /// About how many bytes it may have; a single entry may be longer.
  public let bytes: Int
  /// Whether the time for it is over; asked behind each few thousand entries.
  public let isSpent: @Sendable () -> Bool

  /// Makes a budget.
  public init(bytes: Int = 8 << 20, isSpent: @escaping @Sendable () -> Bool = { false }) {
    self.bytes = bytes
    self.isSpent = isSpent
  }
}
