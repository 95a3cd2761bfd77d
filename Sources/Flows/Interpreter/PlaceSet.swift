/// A set of places of cards in a body; no memory of its own for the first 64.
struct PlaceSet: Sendable {
  private var first: UInt64 = 0
  private var more: [UInt64] = []

  mutating func insert(_ place: Int) {
    guard place >= UInt64.bitWidth else {
      first |= 1 << UInt64(place)
      return
    }
    let word = place / UInt64.bitWidth - 1
    while more.count <= word { more.append(0) }
    more[word] |= 1 << UInt64(place % UInt64.bitWidth)
  }

  func contains(_ place: Int) -> Bool {
    guard place >= UInt64.bitWidth else { return first >> UInt64(place) & 1 == 1 }
    let word = place / UInt64.bitWidth - 1
    return word < more.count && more[word] >> UInt64(place % UInt64.bitWidth) & 1 == 1
  }
}
