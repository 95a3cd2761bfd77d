import Testing
import Values

@Suite struct TextPartsTests {
  @Test(
    arguments: [
      ("a,b,,c", ",", ["a", "b", "", "c"]), ("", ",", [""]), ("", "", []),
      ("abc", "", ["a", "b", "c"]),
      (",", ",", ["", ""]), ("aaa", "aa", ["", "a"]), ("é-€-😀", "-", ["é", "€", "😀"]),
      ("abc", "abcd", ["abc"]),
    ] as [(Text, Text, [Text])]
  )
  func `a text splits at a separator`(text: Text, separator: Text, parts: [Text]) {
    #expect(text.split(separator: separator) == parts)
    #expect(Text.joined(parts, separator: separator) == text)
  }

  @Test func `an empty separator cuts pairs, which joining restores`() {
    let units = Text("a😀").split(separator: "")
    #expect(units.map(\.utf16) == [[0x61], [0xD83D], [0xDE00]])
    #expect(Text.joined(units, separator: "") == "a😀")
  }

  /// A replacement and its result.
  struct Replacement: Sendable {
    let text: Text
    let needle: Text
    let first: Text
    let all: Text
  }

  @Test(arguments: [
    Replacement(text: "aXbX", needle: "X", first: "a-bX", all: "a-b-"),
    Replacement(text: "aXbX", needle: "Y", first: "aXbX", all: "aXbX"),
    Replacement(text: "ab", needle: "", first: "-ab", all: "-a-b-"),
    Replacement(text: "", needle: "", first: "-", all: "-"),
    Replacement(text: "aaa", needle: "aa", first: "-a", all: "-a"),
    Replacement(text: "é😀é", needle: "é", first: "-😀é", all: "-😀-"),
  ])
  func `occurrences are replaced literally`(case: Replacement) {
    #expect(`case`.text.replacing(`case`.needle, with: "-", all: false) == `case`.first)
    #expect(`case`.text.replacing(`case`.needle, with: "-", all: true) == `case`.all)
    #expect(Text("x").replacing("x", with: "$&", all: true) == "$&")
  }

  @Test func `surrogates that meet become a pair`() {
    let (high, low) = (Text(utf16: [0xD83D]), Text(utf16: [0xDE00]))
    #expect((high + low) == "😀")
    var text = high
    text.append(low)
    text.append("")
    #expect(text == "😀")
    #expect(Text.joined([high, low], separator: "") == "😀")
    #expect((high + high).utf16 == [0xD83D, 0xD83D])
    #expect((low + high).utf16 == [0xDE00, 0xD83D])
  }
}
