import Testing
import Values

@Suite struct TextCaseTests {
  @Test(
    arguments: [
      ("Hello, World 1", "hello, world 1"), ("ÀÉ", "àé"), ("İ", "i\u{307}"), ("ΟΔΟΣ", "οδος"),
      ("ΣΑΣ", "σας"), ("Σ", "σ"), ("ΑΣ'", "ας'"), ("ΑΣ'Α", "ασ'α"), ("Α\u{301}Σ", "α\u{301}ς"),
      ("𐐀", "𐐨"), ("", ""),
    ] as [(Text, Text)]
  )
  func `lower case is JavaScript's`(text: Text, lower: Text) {
    #expect(text.lowercased() == lower)
  }

  @Test(
    arguments: [
      ("Hello, World 1", "HELLO, WORLD 1"), ("ß", "SS"), ("ﬁ", "FI"), ("ŉ", "ʼN"),
      ("ΐ", "\u{399}\u{308}\u{301}"),
      ("ı", "I"), ("ς", "Σ"), ("ǆ", "Ǆ"), ("𐐨", "𐐀"),
    ] as [(Text, Text)]
  )
  func `upper case is JavaScript's`(text: Text, upper: Text) {
    #expect(text.uppercased() == upper)
  }

  @Test func `lone surrogates keep their case`() {
    let text = Text(utf16: [0xD801, 0x41, 0xDC00])
    #expect(text.lowercased().utf16 == [0xD801, 0x61, 0xDC00])
    #expect(text.uppercased() == text)
  }

  @Test func `white space is trimmed as JavaScript knows it`() {
    let white: Text =
      "\t\n\u{b}\u{c}\r \u{a0}\u{1680}\u{2000}\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}\u{feff}"
    #expect(white.trimmed() == "")
    #expect((white + "a b" + white).trimmed() == "a b")
    for kept: Text in ["\u{200b}a\u{200b}", "\u{180e}a", "\u{85}a\u{85}", "\u{1f}a"] {
      #expect(kept.trimmed() == kept)
    }
  }
}
