internal import Crypto
public import EventStore
internal import Foundation

/// A place in one of the orders in which System Log entries are paged, as `after` carries it.
public struct SystemLogCursor: Hashable, Sendable {
  /// The place.
  public let place: Place

  /// Where the next page begins.
  public enum Place: Hashable, Sendable {
    /// In the order of the log: at this position.
    case position(Position)
    /// In the order of the log: at this position, and before another only those that say to be published at
    /// or behind a time, in milliseconds since 1970.
    case late(Position, before: Position, since: Int64)
    /// In the order of the entries' own times: behind this one.
    case time(ClaimedTime, TimeOrder, Bounds)
  }

  /// What the pages of one question agree on.
  public struct Bounds: Hashable, Sendable {
    /// The times, in milliseconds since 1970.
    public let times: Range<Int64>
    /// How many events the log held when the first page was made.
    public let size: UInt64

    /// Makes bounds.
    public init(times: Range<Int64>, size: UInt64) {
      self.times = times
      self.size = size
    }
  }

  /// Makes a cursor.
  public init(_ place: Place) {
    self.place = place
  }
}

/// Writes and reads cursors of one log; those that it did not write it does not read.
///
/// A cursor is opaque: its bytes carry a keyed digest, under a key that follows from the store, so that it
/// holds for as long as the store does and cannot be made up.
public struct SystemLogCursors: Sendable {
  private let key: SymmetricKey

  private static let version: UInt8 = 1
  private static let digestLength = 16

  /// Makes the cursors of a log.
  public init(_ log: EventLog) {
    key = SymmetricKey(data: log.key(for: "system log cursor"))
  }

  /// A cursor as it stands in an address.
  public func text(of cursor: SystemLogCursor) -> String {
    var bytes = [Self.version]
    func add(_ number: some FixedWidthInteger) {
      withUnsafeBytes(of: number.bigEndian) { bytes += Array($0) }
    }
    switch cursor.place {
    case .position(let position):
      bytes.append(0)
      add(position.rawValue)
    case .late(let position, let end, let since):
      bytes.append(3)
      add(position.rawValue)
      add(end.rawValue)
      add(since)
    case .time(let time, let order, let bounds):
      bytes.append(order == .ascending ? 1 : 2)
      add(time.milliseconds)
      add(time.position.rawValue)
      add(bounds.times.lowerBound)
      add(bounds.times.upperBound)
      add(bounds.size)
    }
    bytes += digest(of: bytes)
    return Data(bytes).base64EncodedString()
      .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }

  /// The cursor that a text is; nil for any that this log did not write.
  public func cursor(_ text: String) -> SystemLogCursor? {
    guard text.utf8.count <= 100 else { return nil }
    var signs = text.replacing("-", with: "+").replacing("_", with: "/")
    signs += String(repeating: "=", count: (4 - signs.utf8.count % 4) % 4)
    guard let data = Data(base64Encoded: signs), data.count > 2 + Self.digestLength else {
      return nil
    }
    let bytes = Array(data.dropLast(Self.digestLength))
    // Two spellings of one cursor would be two cursors to who compares them.
    guard Self.areEqual(Array(data.suffix(Self.digestLength)), digest(of: bytes)),
      bytes[0] == Self.version, let cursor = Self.decoded(bytes), self.text(of: cursor) == text
    else { return nil }
    return cursor
  }

  private static func decoded(_ bytes: [UInt8]) -> SystemLogCursor? {
    let numbers = stride(from: 2, to: bytes.count, by: 8).map { start in
      bytes[start..<min(start + 8, bytes.count)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }
    if bytes[1] == 0, bytes.count == 10 {
      return SystemLogCursor(.position(Position(numbers[0])))
    }
    if bytes[1] == 3, bytes.count == 26 {
      return SystemLogCursor(
        .late(
          Position(numbers[0]),
          before: Position(numbers[1]),
          since: Int64(bitPattern: numbers[2])
        )
      )
    }
    guard bytes[1] == 1 || bytes[1] == 2, bytes.count == 42 else { return nil }
    let (start, end) = (Int64(bitPattern: numbers[2]), Int64(bitPattern: numbers[3]))
    guard start <= end else { return nil }
    return SystemLogCursor(
      .time(
        ClaimedTime(Int64(bitPattern: numbers[0]), at: Position(numbers[1])),
        bytes[1] == 1 ? .ascending : .descending,
        SystemLogCursor.Bounds(times: start..<end, size: numbers[4])
      )
    )
  }

  private func digest(of bytes: [UInt8]) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: bytes, using: key).prefix(Self.digestLength))
  }

  private static func areEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    zip(one, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0 && one.count == other.count
  }
}
