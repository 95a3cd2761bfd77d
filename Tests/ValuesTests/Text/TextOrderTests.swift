import TestSupport
import Testing
import Values

@Suite struct TextOrderTests {
  @Test func `order is by UTF-16 unit, not by code point`() {
    let ascending: [Text] = [
      "", "A", "a", "aa", "b", "é", "\u{d7ff}", Text(utf16: [0xD83D]), Text(utf16: [0xD83D, 0x61]),
      "😀", "😁", Text(utf16: [0xD83D, 0xE000]), Text(utf16: [0xDC00]), "\u{e000}", "\u{ffff}",
    ]
    for (place, left) in ascending.enumerated() {
      for (other, right) in ascending.enumerated() {
        #expect((left < right) == (place < other), "\(place) \(other)")
      }
    }
  }

  @Test func `generated texts order as their units do`() {
    var generator = ValueGenerator(SplitMix64(forTest: "text order"))
    for _ in 0..<20_000 {
      let (left, right) = (generator.units(upTo: 4), generator.units(upTo: 4))
      #expect(
        (Text(utf16: left) < Text(utf16: right)) == left.lexicographicallyPrecedes(right),
        "\(left) \(right)"
      )
    }
  }

  @Test func `equal texts hash alike and others differ`() {
    var generator = ValueGenerator(SplitMix64(forTest: "text hash"))
    for _ in 0..<2000 {
      let units = generator.units(upTo: 40)
      #expect(Text(utf16: units).hashValue == Text(utf16: units).hashValue)
    }
    #expect(Set((0..<5000).map { Text(String($0)) }).count == 5000)
    #expect(Text("a").hashValue != Text("\u{0}a").hashValue)
  }
}
