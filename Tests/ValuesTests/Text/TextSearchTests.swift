import Testing
import Values

@Suite struct TextSearchTests {
  /// A search and where it finds, as JavaScript answers.
  struct Search: Sendable {
    let text: Text
    let needle: Text
    var from: Int?
    let place: Int?
  }

  @Test(arguments: [
    Search(text: "hello", needle: "l", place: 2),
    Search(text: "hello", needle: "l", from: 3, place: 3),
    Search(text: "hello", needle: "l", from: -4, place: 2),
    Search(text: "hello", needle: "", from: 9, place: 5),
    Search(text: "", needle: "", place: 0),
    Search(text: "", needle: "a", place: nil),
    Search(text: "aé😀b", needle: "b", place: 4),
    Search(text: "aé😀b", needle: "b", from: 3, place: 4),
    Search(text: "😀😀", needle: "😀", from: 1, place: 2),
    Search(text: "😀😀", needle: "", from: 1, place: 1),
    Search(text: "😀", needle: Text(utf16: [0xDE00]), place: 1),
    Search(text: "x😀", needle: Text(utf16: [0xD83D]), place: 1),
    Search(text: "abc", needle: "abcd", place: nil),
  ])
  func `the first place is found`(search: Search) {
    #expect(search.text.utf16Index(of: search.needle, from: search.from ?? 0) == search.place)
    if search.from == nil {
      #expect(search.text.contains(search.needle) == (search.place != nil))
    }
  }

  @Test(arguments: [
    Search(text: "hello", needle: "l", place: 3),
    Search(text: "hello", needle: "l", from: 2, place: 2),
    Search(text: "hello", needle: "h", from: -1, place: 0),
    Search(text: "hello", needle: "", place: 5),
    Search(text: "é😀é", needle: "é", place: 3),
    Search(text: "é😀é", needle: "é", from: 2, place: 0),
    Search(text: "😀", needle: "", from: 1, place: 1),
    Search(text: "a", needle: "ab", place: nil),
  ])
  func `the last place is found`(search: Search) {
    #expect(search.text.utf16LastIndex(of: search.needle, from: search.from) == search.place)
  }

  @Test func `half a pair is a prefix and a suffix`() {
    let smile: Text = "😀"
    #expect(smile.hasPrefix(Text(utf16: [0xD83D])))
    #expect(smile.hasSuffix(Text(utf16: [0xDE00])))
    #expect(!smile.hasPrefix(Text(utf16: [0xDE00])))
    #expect(smile.hasPrefix("") && smile.hasSuffix(""))
    #expect(Text("abc").hasPrefix("ab") && Text("abc").hasSuffix("bc"))
    #expect(!Text("abc").hasPrefix("abcd") && !Text("abc").hasSuffix("abcd"))
  }

  @Test func `a long needle is found in linear time`() {
    let text = Text(String(repeating: "a", count: 200_000))
    let needle = Text(String(repeating: "a", count: 50_000) + "b")
    #expect(text.utf16Index(of: needle) == nil)
    #expect(text.utf16LastIndex(of: needle) == nil)
    let hidden = text + needle + text
    #expect(hidden.utf16Index(of: needle) == 200_000)
    #expect(hidden.utf16LastIndex(of: needle) == 200_000)
  }
}
