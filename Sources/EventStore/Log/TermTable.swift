internal import Glibc

/// Values whose numbers are known, found by their hash and compared byte by byte.
///
/// A hash table with linear probing, at most half full, its values in one run of bytes.
struct TermTable {
  private struct Slot {
    var hash: UInt64 = 0
    /// 0 where the slot is free.
    var number: UInt32 = 0
    var length: UInt32 = 0
    var start = 0
  }

  private var slots: [Slot]
  private var values: [UInt8] = []
  private(set) var count = 0

  init() {
    slots = Array(repeating: Slot(), count: 1 << 12)
  }

  /// The number of the value that stands in `bytes`, or nil.
  func number(of term: PreparedTerm, _ bytes: [UInt8]) -> UInt32? {
    let mask = slots.count - 1
    return slots.withUnsafeBufferPointer { slots in
      var index = Int(truncatingIfNeeded: term.hash) & mask
      while slots[index].number != 0 {
        let slot = slots[index]
        if slot.hash == term.hash, slot.length == term.count, isEqual(slot, term, bytes) {
          return slot.number
        }
        index = (index + 1) & mask
      }
      return nil
    }
  }

  private func isEqual(_ slot: Slot, _ term: PreparedTerm, _ bytes: [UInt8]) -> Bool {
    guard term.count > 0 else { return true }
    return values.withUnsafeBytes { values in
      bytes.withUnsafeBytes { bytes in
        guard let known = values.baseAddress, let given = bytes.baseAddress else { return false }
        return memcmp(known + slot.start, given + term.start, term.count) == 0
      }
    }
  }

  /// Adds a value that is not in the table.
  mutating func insert(_ term: PreparedTerm, _ value: [UInt8], _ number: UInt32) {
    if count * 2 >= slots.count { grow() }
    let start = values.count
    values.append(contentsOf: value)
    count += 1
    put(
      Slot(
        hash: term.hash,
        number: number,
        length: UInt32(truncatingIfNeeded: term.count),
        start: start
      )
    )
  }

  private mutating func put(_ slot: Slot) {
    let mask = slots.count - 1
    var index = Int(truncatingIfNeeded: slot.hash) & mask
    while slots[index].number != 0 { index = (index + 1) & mask }
    slots[index] = slot
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(), count: old.count * 2)
    for slot in old where slot.number != 0 { put(slot) }
  }
}
