/// Values whose numbers are known, found by their hash and compared byte by byte.
///
/// A hash table with linear probing, at most half full, its values in one run of bytes.
struct TermTable {
  /// Four of them share a line of the processor's cache.
  private struct Slot {
    /// The lower half of the hash.
    var hash: UInt32 = 0
    /// 0 where the slot is free.
    var number: UInt32 = 0
    var length: UInt32 = 0
    var start: UInt32 = 0
  }

  private var slots: [Slot]
  private var values: [UInt8] = []
  private(set) var count = 0
  /// Whether a further value would not fit what a slot can say of it.
  var isFull: Bool { values.count > Int(UInt32.max / 2) || count >= 1 << 28 }

  /// Begins with room for `capacity` values, a power of two.
  init(capacity: Int) {
    slots = Array(repeating: Slot(), count: 2 * capacity)
  }

  /// The number of the value with that hash, or nil.
  func number(of value: UnsafeRawBufferPointer, hash: UInt64) -> UInt32? {
    let mask = slots.count - 1
    return slots.withUnsafeBufferPointer { slots in
      values.withUnsafeBytes { values in
        let hash = UInt32(truncatingIfNeeded: hash)
        var index = Int(hash) & mask
        while slots[index].number != 0 {
          let slot = slots[index]
          if slot.hash == hash, slot.length == value.count {
            let start = Int(slot.start)
            let known = UnsafeRawBufferPointer(rebasing: values[start..<start + value.count])
            if known.hasSameBytes(as: value) { return slot.number }
          }
          index = (index + 1) & mask
        }
        return nil
      }
    }
  }

  /// The numbers of values that stand in `bytes`, 0 for each that is not in the table.
  ///
  /// Their slots are read before anything is compared: the processor then waits for many of them at the same time.
  func numbers(of values: [TermValue], in bytes: [UInt8]) -> [UInt32] {
    let mask = slots.count - 1
    let first = slots.withUnsafeBufferPointer { slots in
      values.map { slots[Int(UInt32(truncatingIfNeeded: $0.hash)) & mask] }
    }
    return bytes.withUnsafeBytes { bytes in
      zip(values, first).map { value, slot in
        guard slot.number != 0 else { return 0 }
        let bytes = UnsafeRawBufferPointer(rebasing: bytes[value.range])
        return number(of: bytes, hash: value.hash) ?? 0
      }
    }
  }

  /// Adds a value that is not in the table, with a number from 1.
  mutating func insert(_ value: UnsafeRawBufferPointer, hash: UInt64, _ number: UInt32) {
    if count * 2 >= slots.count { grow() }
    let start = values.count
    values.append(lent: value)
    count += 1
    put(
      Slot(
        hash: UInt32(truncatingIfNeeded: hash),
        number: number,
        length: UInt32(truncatingIfNeeded: value.count),
        start: UInt32(truncatingIfNeeded: start)
      )
    )
  }

  /// Forgets every value, keeping the room.
  mutating func removeAll() {
    guard count > 0 else { return }
    count = 0
    values.removeAll(keepingCapacity: true)
    for index in slots.indices { slots[index] = Slot() }
  }

  private mutating func put(_ slot: Slot) {
    let mask = slots.count - 1
    var index = Int(slot.hash) & mask
    while slots[index].number != 0 { index = (index + 1) & mask }
    slots[index] = slot
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(), count: old.count * 2)
    for slot in old where slot.number != 0 { put(slot) }
  }
}
