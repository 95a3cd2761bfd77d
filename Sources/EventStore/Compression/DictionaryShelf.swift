internal import Synchronization

/// The dictionaries of a store: by number for reading, the latest of each class for writing.
final class DictionaryShelf: Sendable {
  private struct State {
    var byNumber: [UInt16: CompressionDictionary] = [:]
    var latest: [DictionaryClass: CompressionDictionary] = [:]
  }

  private let state = Mutex(State())

  /// The dictionary rows of the class are compressed with now, or nil where none was trained.
  func latest(_ class: DictionaryClass) -> CompressionDictionary? {
    state.withLock { $0.latest[`class`] }
  }

  /// The dictionary of that number; nil for 0, which stands for none.
  func dictionary(_ number: UInt16) -> CompressionDictionary? {
    state.withLock { $0.byNumber[number] }
  }

  private var nextNumber: UInt16 {
    UInt16(clamping: state.withLock { $0.byNumber.count } + 1)
  }

  /// Reads the dictionaries that are not on the shelf yet.
  func load(
    from table: Table,
    _ transaction: borrowing some TableReading & ~Copyable
  ) throws {
    var number = nextNumber
    while number < .max, let row = try ChunkedRows.get(table, Keys.ordered(number), transaction) {
      guard let first = row.first, let kind = DictionaryClass(rawValue: first),
        let loaded = CompressionDictionary(number: number, bytes: Array(row.dropFirst()))
      else { return }
      put(loaded, kind)
      number += 1
    }
  }

  /// Stores a new dictionary under the next number, for rows of the class from now on.
  func add(
    _ bytes: [UInt8],
    _ class: DictionaryClass,
    to table: Table,
    _ transaction: borrowing WriteTransaction
  ) throws -> CompressionDictionary? {
    try load(from: table, transaction)
    let number = nextNumber
    guard number < .max, let dictionary = CompressionDictionary(number: number, bytes: bytes) else {
      return nil
    }
    try ChunkedRows.put(
      table,
      Keys.ordered(number),
      [`class`.rawValue] + bytes,
      appending: false,
      transaction
    )
    return dictionary
  }

  /// Makes a stored dictionary the latest of its class.
  func put(_ dictionary: CompressionDictionary, _ class: DictionaryClass) {
    state.withLock { state in
      state.byNumber[dictionary.number] = dictionary
      guard state.latest[`class`].map({ $0.number < dictionary.number }) ?? true else { return }
      state.latest[`class`] = dictionary
    }
  }
}
