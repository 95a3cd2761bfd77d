import Flows
import TestSupport
import Testing
import Values

/// Reading and writing XML; what the package `xml2js` gives for the same was looked up in it.
@Suite struct XMLCardTests {
  @Test(arguments: reading + refused + writing)
  func `XML is read and written`(_ example: CardCase) throws {
    try example.check()
  }

  private static func reads(_ text: String, as value: Value) -> CardCase {
    CardCase(text, "xml:parse", ["xml": .text(Text(text))], gives: ["output": value])
  }

  private static func refuses(_ text: String) -> CardCase {
    CardCase(text, "xml:parse", ["xml": .text(Text(text))], raises: .parseError)
  }

  static let reading: [CardCase] = [
    reads("<a/>", as: ["a": ""]),
    reads("<a></a >", as: ["a": ""]),
    reads("<a>  </a>", as: ["a": "  "]),
    reads("<a>x</a>", as: ["a": "x"]),
    reads("<a b='1'/>", as: ["a": ["$": ["b": "1"]]]),
    reads("<a b = \"1\"\n c='2'>x</a>", as: ["a": ["_": "x", "$": ["b": "1", "c": "2"]]]),
    reads("<a><b>1</b><c/><b>2</b></a>", as: ["a": ["b": ["1", "2"], "c": [""]]]),
    reads("<a>t<b/>u</a>", as: ["a": ["_": "tu", "b": [""]]]),
    reads("<a>\n  <b>1</b>\n</a>", as: ["a": ["b": ["1"]]]),
    reads("<a>1 <b>x</b> 2</a>", as: ["a": ["_": "1  2", "b": ["x"]]]),
    reads("<a><![CDATA[<x>&amp;]]></a>", as: ["a": "<x>&amp;"]),
    reads("<a><![CDATA[ ]]><b/></a>", as: ["a": ["_": " ", "b": [""]]]),
    reads("<a> <![CDATA[]]><b/></a>", as: ["a": ["b": [""]]]),
    reads("<a>&lt;&amp;&#65;&#x1F600;&quot;&apos;&gt;</a>", as: ["a": "<&A😀\"'>"]),
    reads("<a b='&lt;&#10;\t>'/>", as: ["a": ["$": ["b": "<\n\t>"]]]),
    reads("<a>\r\n</a>", as: ["a": "\r\n"]),
    reads("\u{FEFF}<?xml version='1.0'?><!-- c --><a>x<!-- y -->z</a>\n", as: ["a": "xz"]),
    reads("<a><?p a='<'?>y</a><?p?>", as: ["a": "y"]),
    reads("<?xmlish?><_/>", as: ["_": ""]),
    reads("<!DOCTYPE a><a>x</a>", as: ["a": "x"]),
    reads(
      "<!DOCTYPE a [<!ENTITY e '<x>]'> <!-- > ' --> <?p >?>]><a>x</a>",
      as: ["a": "x"]
    ),
    reads("<n:a xmlns:n='u'><n:b/></n:a>", as: ["n:a": ["$": ["xmlns:n": "u"], "n:b": [""]]]),
    reads("<é.1-x>ü</é.1-x>", as: ["é.1-x": "ü"]),
    CardCase("by place", "xml:parse", ["document": "<a/>"], gives: ["object": ["a": ""]]),
    CardCase("unknown", "xml:parse", ["xml": .unanswered], gives: ["output": .unanswered]),
  ]

  static let refused: [CardCase] =
    [
      "", " \n", "x", "<a>", "<a></b>", "<a/><b/>", "<a/>x", "text<a/>", "<a b=1/>", "<a b/>",
      "<a b='1' b='2'/>", "<a b='1'c='2'/>", "<a b='<'/>", "<a b='", "<1a/>", "< a/>", "<a",
      "<a><",
      "<a>&foo;</a>", "<a>& b</a>", "<a>&AMP;</a>", "<a>&#0;</a>", "<a>&#xD800;</a>",
      "<a>&#+65;</a>",
      "<a>&#xFFFFFFFFF;</a>", "<a>&#x41</a>", "<a>&;</a>", "<a>]]></a>", "<a><!-- -- --></a>",
      "<a><!--", "<a><![CDATA[", "<a><?xml?></a>", "<a><?</a>", "<?xml", "<?xml version='1.0'?>",
      "<!DOCTYPE a", "<!DOCTYPE a><!DOCTYPE a><a/>", "<a/><!DOCTYPE a>", "<!DOCTYPE a ['><a/>",
      "<a>\u{1}</a>", "<a>\u{FFFE}</a>", "<a><_>x</_></a>", "</a>", "<!ELEMENT a><a/>",
    ].map(refuses) + [
      CardCase("null", "xml:parse", ["xml": .null], raises: .parseError),
      CardCase("half a character", "xml:parse", ["xml": .units(0x3C, 0xD800)], raises: .parseError),
    ]

  private static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

  private static func writes(_ object: Value, as text: String) -> CardCase {
    CardCase(text, "xml:build", ["object": object], gives: ["output": .text(Text(head + text))])
  }

  static let writing: [CardCase] = [
    writes(["a": 1], as: "<a>1</a>"),
    writes(["a": "x", "b": true], as: "<root>\n  <a>x</a>\n  <b>true</b>\n</root>"),
    writes([:], as: "<root/>"),
    writes(.null, as: "<root/>"),
    writes(["a": .null], as: "<a/>"),
    writes(["a": ["$": ["b": "1", "c": .null], "_": "t"]], as: "<a b=\"1\">t</a>"),
    writes(["a": ["_": "t", "c": "u"]], as: "<a>\n  t\n  <c>u</c>\n</a>"),
    writes(
      ["a": ["b": [1, "2", .null, ["c": 3]]]],
      as: "<a>\n  <b>1</b>\n  <b>2</b>\n  <b/>\n  <b>\n    <c>3</c>\n  </b>\n</a>"
    ),
    writes(["a": [["b": 1], ["c": 2]]], as: "<a>\n  <b>1</b>\n  <c>2</c>\n</a>"),
    writes(["a": ["b": []]], as: "<a/>"),
    writes(["a": ["b": [:], "$": "x", "_": .null]], as: "<a>\n  <b/>\n</a>"),
    writes(["a": "<&>\"'\r\n"], as: "<a>&lt;&amp;&gt;\"'&#xD;\n</a>"),
    writes(["a": ["$": ["b": "<&>\"'\r\n\t"]]], as: "<a b=\"&lt;&amp;>&quot;'&#xD;&#xA;&#x9;\"/>"),
    writes(["$": ["x": 1], "a": 2], as: "<root x=\"1\">\n  <a>2</a>\n</root>"),
    writes(
      ["x:y": .date("2026-01-02T03:04:05Z")],
      as: "<x:y>2026-01-02T03:04:05.000Z</x:y>"
    ),
    CardCase("no object", "xml:build", ["object": "x"], raises: .invalidTypeConversion),
    CardCase("no name", "xml:build", ["object": ["a b": 1]], raises: .invalidInput),
    CardCase("a digit first", "xml:build", ["object": ["1": 1]], raises: .invalidInput),
    CardCase("no key", "xml:build", ["object": ["": 1]], raises: .invalidInput),
    CardCase("attributes alone", "xml:build", ["object": ["$": ["x": 1]]], raises: .invalidInput),
    CardCase("a sign", "xml:build", ["object": ["a": "\u{1}"]], raises: .invalidInput),
    CardCase("half", "xml:build", ["object": ["a": .units(0xD800)]], raises: .invalidInput),
    CardCase("no root", "xml:build", ["object": ["a": ["x"]]], raises: .invalidInput),
    CardCase(
      "unknown",
      "xml:build",
      ["object": ["a": .unanswered]],
      gives: ["output": .unanswered]
    ),
  ]
}

extension XMLCardTests {
  private func parse(_ text: Text) throws -> Value? {
    let card = try #require(CardTable.standard["xml:parse"])
    let run = CardCase("", "xml:parse", ["xml": .text(text)], gives: ["output": .null])
    return try run.run(card).first
  }

  private func build(_ object: Value) throws -> Text {
    let card = try #require(CardTable.standard["xml:build"])
    let run = CardCase("", "xml:build", ["object": object], gives: ["output": .null])
    guard case .text(let text)? = try run.run(card).first else { return .empty }
    return text
  }

  @Test func `what is read is written and read as the same`() throws {
    for case .text(let text) in Self.reading.compactMap(\.inputs.first?.value) {
      let value = try #require(try parse(text))
      // Indentation comes between text and elements; all else stays.
      if !text.contains("u</a>"), !text.contains(" 2</a>"), !text.contains("CDATA[ ") {
        #expect(try parse(build(value)) == value, "\(text)")
      }
    }
  }

  @Test func `elements may be nested 200 deep and no deeper`() throws {
    func nested(_ depth: Int) -> Text {
      Text(String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth))
    }
    let deepest = try #require(try parse(nested(200)))
    #expect(try JSON.parse(JSON.text(deepest)) == deepest)
    #expect(throws: CardError.self) { try parse(nested(201)) }
    #expect(throws: CardError.self) { try parse(Text(String(repeating: "<a>", count: 1_000_000))) }
  }

  @Test func `entities do not grow`() throws {
    let bomb = """
      <!DOCTYPE a [<!ENTITY x "\(String(repeating: "x", count: 1000))">
      <!ENTITY y "\(String(repeating: "&x;", count: 1000))">
      <!ENTITY z SYSTEM "file:///etc/passwd">]>
      """
    for name in ["x", "y", "z", "%x"] {
      #expect(throws: CardError.self) { try parse(Text(bomb + "<a>&\(name);</a>")) }
    }
    #expect(try parse(Text(bomb + "<a/>")) == ["a": ""])
  }

  @Test func `the line of an error is named, and the text is not`() throws {
    let error = #expect(throws: CardError.self) { try parse("<a>\n<b>\nsecret</c></a>") }
    #expect(error?.message.contains("line 3") == true)
    #expect(error?.message.contains("secret") == false)
    let long = String(repeating: "n", count: 10_000)
    for text in ["<\(long)", "<\(long)>", "<\(long)></\(long)", "<a \(long)>", "<a></\(long)>"] {
      let error = #expect(throws: CardError.self) { try parse(Text(text)) }
      #expect((error?.message.bytes.count ?? 0) < 200)
    }
  }

  @Test func `hostile texts are refused or read, and nothing else happens`() throws {
    var random = SplitMix64(forTest: "XML")
    let pieces = [
      "<", ">", "</", "/>", "a", "b", " ", "=", "'", "\"", "&", ";", "&lt;", "&#x", "<!--", "-->",
      "<![CDATA[", "]]>", "<?", "?>", "<!DOCTYPE", "[", "]", "é", "\u{0}", "\u{FFFF}", "<a>",
      "</a>",
    ]
    for _ in 0..<3_000 {
      var bytes: [UInt8] = []
      for _ in 0..<random.below(30) { bytes += Array(random.pick(pieces).utf8) }
      if random.once(in: 3) {
        for _ in 0..<random.below(8) { bytes.append(UInt8(random.below(256))) }
      }
      let text = Text(wtf8: bytes)
      if let value = try? parse(text) { _ = try build(value) }
    }
  }
}
