internal import Glibc

/// A stretch of a file in memory, with readable bytes behind it so that parsers need no copy.
///
/// It is filled once and then only read, so several pieces of it can be parsed at the same time.
final class InboundWindow {
  private let pool: WindowPool
  private let storage: UnsafeMutableRawBufferPointer
  /// How many bytes of the file it holds.
  private(set) var count = 0

  init(capacity: Int, from pool: WindowPool) {
    self.pool = pool
    storage = pool.take(capacity + JSONReader.padding)
  }

  deinit { pool.giveBack(storage) }

  /// How many bytes of memory it takes.
  var room: Int { storage.count }

  /// The bytes of the file.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: storage[..<count]) }

  /// How many bytes may be read from `offset` on, those behind the file's included.
  func capacity(from offset: Int) -> Int { count + JSONReader.padding - offset }

  /// Takes in what `carried` holds and then the file, until it is full or the file ends.
  ///
  /// - Returns: Whether the file has ended.
  func fill(with carried: UnsafeRawBufferPointer, from file: InboundFile) throws -> Bool {
    let room = storage.count - JSONReader.padding
    storage.copyMemory(from: carried)
    count = carried.count
    var hasEnded = false
    while count < room {
      let read = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: storage[count..<room]))
      guard read > 0 else {
        hasEnded = true
        break
      }
      count += read
    }
    storage[count..<(count + JSONReader.padding)].initializeToZero()
    return hasEnded
  }
}

// Written by one thread before it is shared, and read-only from then on.
extension InboundWindow: @unchecked Sendable {}

extension Slice<UnsafeMutableRawBufferPointer> {
  fileprivate func initializeToZero() {
    UnsafeMutableRawBufferPointer(rebasing: self).initializeMemory(as: UInt8.self, repeating: 0)
  }
}
