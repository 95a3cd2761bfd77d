import Testing
import Values

@Suite struct TextUnitTests {
  /// A text by its units, with its WTF-8.
  struct Form: Sendable {
    let units: [UInt16]
    let bytes: [UInt8]
  }

  @Test(arguments: [
    Form(units: [], bytes: []),
    Form(units: [0x61], bytes: [0x61]),
    Form(units: [0x7F, 0x80], bytes: [0x7F, 0xC2, 0x80]),
    Form(units: [0x7FF, 0x800], bytes: [0xDF, 0xBF, 0xE0, 0xA0, 0x80]),
    Form(units: [0xD83D, 0xDE00], bytes: [0xF0, 0x9F, 0x98, 0x80]),
    Form(units: [0xDBFF, 0xDFFF], bytes: [0xF4, 0x8F, 0xBF, 0xBF]),
    Form(units: [0xD83D], bytes: [0xED, 0xA0, 0xBD]),
    Form(units: [0xDE00, 0xD83D], bytes: [0xED, 0xB8, 0x80, 0xED, 0xA0, 0xBD]),
    Form(
      units: [0xD83D, 0xD83D, 0xDE00, 0xDE00],
      bytes: [0xED, 0xA0, 0xBD, 0xF0, 0x9F, 0x98, 0x80, 0xED, 0xB8, 0x80]
    ),
  ])
  func `units become WTF-8 and come back`(form: Form) {
    let text = Text(utf16: form.units)
    #expect(text.bytes == form.bytes)
    #expect(text.utf16 == form.units)
    #expect(text.utf16Count == form.units.count)
  }

  @Test(
    arguments: [
      ([0xC0, 0x80], "overlong"), ([0xE0, 0x80, 0x80], "overlong"), ([0x80], "continuation"),
      ([0xED, 0xA0, 0x80], "surrogate"), ([0xF4, 0x90, 0x80, 0x80], "above U+10FFFF"),
      ([0xC2], "cut"), ([0xE2, 0x82], "cut"), ([0xF0, 0x9F, 0x98], "cut"), ([0xFF], "no lead"),
      ([0xE2, 0x82, 0x41], "no continuation"),
    ] as [([UInt8], String)]
  )
  func `bytes that are not UTF-8 make no text`(bytes: [UInt8], reason: String) {
    #expect(Text(utf8: bytes) == nil)
    #expect(Text(utf8: [0x61] + bytes + [0x62]) == nil)
  }

  @Test func `UTF-8 makes the text it encodes`() {
    #expect(Text(utf8: "aé€😀".utf8) == "aé€😀")
    #expect(Text(utf8: [UInt8]()) == .empty)
  }

  @Test(
    arguments: [
      ("hello", 1..<3, "el"), ("hello", -5..<2, "he"), ("hello", 3..<99, "lo"),
      ("hello", 5..<9, ""), ("hello", 2..<2, ""), ("hello", -9 ..< -3, ""),
      ("héllo", 1..<3, "él"), ("€uro", 0..<1, "€"), ("a😀b", 1..<3, "😀"), ("a😀b", 3..<9, "b"),
    ] as [(Text, Range<Int>, Text)]
  )
  func `a text is sliced by UTF-16 units`(text: Text, range: Range<Int>, slice: Text) {
    #expect(text.utf16Slice(range) == slice)
  }

  @Test func `a slice that cuts a pair keeps the half`() {
    let text: Text = "a😀b"
    #expect(text.utf16Slice(0..<2).utf16 == [0x61, 0xD83D])
    #expect(text.utf16Slice(2..<4).utf16 == [0xDE00, 0x62])
    #expect(text.utf16Slice(2..<3).utf16 == [0xDE00])
    #expect((text.utf16Slice(0..<2) + text.utf16Slice(2..<4)) == text)
    #expect(Text("😀😀").utf16Slice(1..<3).utf16 == [0xDE00, 0xD83D])
  }

  @Test func `bytes that are not WTF-8 never trap`() {
    var all: [[UInt8]] = [[0xF0], [0x80, 0x80], [0xED], [0xFF, 0xFF], [0xF7, 0xBF, 0xBF, 0xBF]]
    // White space with a stray byte behind it, and all that can be made of such bytes.
    all.append([0xE2, 0x80, 0x83, 0x80])
    let bytes: [UInt8] = [0x20, 0x41, 0x80, 0x83, 0xA0, 0xC2, 0xE2, 0xED, 0xF0]
    for number in 0..<59_049 {
      var (rest, text) = (number, [UInt8]())
      for _ in 0..<5 {
        text.append(bytes[rest % bytes.count])
        rest /= bytes.count
      }
      all.append(text)
    }
    for bytes in all {
      let text = Text(wtf8: bytes)
      _ = text.utf16
      _ = text.utf16Slice(0..<1)
      _ = text.lowercased()
      _ = text.trimmed()
      _ = text < "é"
      _ = JSON.serialize(.text(text))
      _ = text.utf16LastIndex(of: "é")
    }
  }

  @Test func `canonically equivalent texts differ`() {
    #expect(Text("\u{e9}") != Text("e\u{301}"))
    #expect(Set<Text>(["\u{e9}", "e\u{301}", "\u{e9}"]).count == 2)
  }
}
