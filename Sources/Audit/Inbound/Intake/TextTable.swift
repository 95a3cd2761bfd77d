/// Values by text, for the while of looking at a few hundred documents.
///
/// A text is known by a hash of 64 bits: two of one hash in a few hundred documents are not to be expected,
/// and would do no harm. Half of the slots are free, and a text's is the next free one from its hash on.
struct TextTable<Value: Sendable>: Sendable {
  private struct Slot: Sendable {
    /// 0 where the slot is free.
    var hash: UInt64
    var value: Value
  }

  private var slots: [Slot]
  private var count = 0
  private let initial: Value

  /// Begins without texts; every text has the initial value until it is given another.
  init(initial: Value) {
    self.initial = initial
    slots = Array(repeating: Slot(hash: 0, value: initial), count: 1 << 10)
  }

  /// The value of a text.
  subscript(text: UnsafeRawBufferPointer) -> Value {
    get {
      let hash = Self.hash(text)
      let slot = slots[place(of: hash)]
      return slot.hash == hash ? slot.value : initial
    }
    _modify {
      let hash = Self.hash(text)
      var place = place(of: hash)
      if slots[place].hash != hash {
        if count * 2 >= slots.count {
          grow()
          place = self.place(of: hash)
        }
        count += 1
        slots[place].hash = hash
      }
      yield &slots[place].value
    }
  }

  /// Gives the texts of a list a value.
  init(_ texts: [StaticString], as value: Value, otherwise initial: Value) {
    self.init(initial: initial)
    for text in texts {
      self[UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)] = value
    }
  }

  /// Forgets every text, keeping the room.
  mutating func removeAll() {
    guard count > 0 else { return }
    count = 0
    for index in slots.indices { slots[index] = Slot(hash: 0, value: initial) }
  }

  private func place(of hash: UInt64) -> Int {
    let mask = slots.count - 1
    return slots.withUnsafeBufferPointer { slots in
      var place = Int(truncatingIfNeeded: hash) & mask
      while slots[place].hash != 0, slots[place].hash != hash { place = (place + 1) & mask }
      return place
    }
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(hash: 0, value: initial), count: old.count * 2)
    for slot in old where slot.hash != 0 { slots[place(of: slot.hash)] = slot }
  }

  /// Products of eight bytes each and a factor, folded; never 0.
  private static func hash(_ text: UnsafeRawBufferPointer) -> UInt64 {
    var hash = TextTableSecret.value ^ UInt64(text.count)
    func mix(_ word: UInt64) {
      let product = (hash ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
      hash = product.high ^ product.low
    }
    var rest = text
    while rest.count >= 8 {
      mix(rest.loadUnaligned(as: UInt64.self))
      rest = UnsafeRawBufferPointer(rebasing: rest[8...])
    }
    var last: UInt64 = 1
    for byte in rest { last = last << 8 | UInt64(byte) }
    mix(last)
    return hash | 1
  }
}

/// Keeps texts from being chosen so that they meet in one place; nothing but speed depends on it.
private enum TextTableSecret {
  static let value = UInt64.random(in: .min ... .max)
}
