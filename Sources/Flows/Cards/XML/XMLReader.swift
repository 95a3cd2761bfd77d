internal import Values

/// Reads a document in XML 1.0 into a value, as the package `xml2js` of npm does.
///
/// The root is the one member of an object. An element of text alone is that text; any other is an
/// object of its text under `_`, its attributes under `$`, and a list for each name of an element
/// within. Prefixes of names stay, comments and instructions go, and line ends are as they stand.
///
/// What is not well-formed is refused. Only what declarations say is passed over: the five entities that
/// XML itself knows and characters by number are all there is, so no text grows by being read.
struct XMLReader {
  /// How deep elements may be nested; values that are nested deeper could not be written as JSON.
  static let maximumDepth = 200

  private let bytes: [UInt8]
  private var position = 0
  /// The elements that have begun and not ended, innermost last.
  private var open: [XMLElement] = []
  private var root: Object?

  private init(_ text: Text) {
    bytes = text.bytes
  }

  /// The value of a document.
  ///
  /// - Throws: `CardError` of kind *Parse Error*, which says in which line the text stops being XML.
  /// - Complexity: O(*n*) in the length of the text.
  static func read(_ text: Text) throws(CardError) -> Value {
    var reader = XMLReader(text)
    return .object(try reader.document())
  }
}

// MARK: - Documents

extension XMLReader {
  private mutating func document() throws(CardError) -> Object {
    if let refused = XMLCharacters.firstRefused(in: bytes) {
      position = refused
      throw error("a character may not stand in a document")
    }
    if next("\u{FEFF}") { position += 3 }
    // Of the declaration nothing is needed: texts have no encoding.
    if next("<?xml"), position + 5 < bytes.count, XMLCharacters.isSpace(bytes[position + 5]) {
      try skip(past: "?>", of: "the declaration")
    }
    try surroundings(mayDeclareType: true)
    guard next("<") else { throw error("there is no element") }
    try beginElement()
    while root == nil { try content() }
    try surroundings(mayDeclareType: false)
    guard let root, position == bytes.count else { throw error("something follows the root") }
    return root
  }

  /// What may stand around the root: white space, comments, instructions, and the declaration of a
  /// document type before it.
  private mutating func surroundings(mayDeclareType: Bool) throws(CardError) {
    var mayDeclareType = mayDeclareType
    while true {
      skipSpace()
      if next("<!--") {
        try comment()
      } else if next("<?") {
        try instruction()
      } else if mayDeclareType, next("<!DOCTYPE") {
        mayDeclareType = false
        try typeDeclaration()
      } else {
        return
      }
    }
  }

  private mutating func comment() throws(CardError) {
    position += 4
    try skip(past: "--", of: "a comment")
    guard next(">") else { throw error("a comment holds two hyphens") }
    position += 1
  }

  private mutating func instruction() throws(CardError) {
    position += 2
    guard try name().lowercased() != "xml" else { throw error("an instruction is called xml") }
    guard isAtSpace || next("?>") else { throw error("an instruction has no name") }
    try skip(past: "?>", of: "an instruction")
  }

  /// Passes over a document type, whatever it declares.
  private mutating func typeDeclaration() throws(CardError) {
    position += 9
    var depth = 1
    while depth > 0 {
      guard position < bytes.count else { throw error("the document type has no end") }
      switch bytes[position] {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        let quote = next("\"") ? "\"" : "'"
        position += 1
        try skip(past: quote, of: "a text in the document type")
      case UInt8(ascii: "<") where next("<!--"): try comment()
      case UInt8(ascii: "<") where next("<?"): try instruction()
      case UInt8(ascii: "<"):
        depth += 1
        position += 1
      case UInt8(ascii: ">"):
        depth -= 1
        position += 1
      default: position += 1
      }
    }
  }
}

// MARK: - Elements

extension XMLReader {
  /// The next piece of what is in the innermost element.
  private mutating func content() throws(CardError) {
    let innermost = open.count - 1
    guard position < bytes.count else { throw error("<\(open[innermost].shortName)> has no end") }
    if !next("<") {
      try characters()
    } else if next("</") {
      try endElement()
    } else if next("<!--") {
      try comment()
    } else if next("<![CDATA[") {
      position += 9
      let start = position
      try skip(past: "]]>", of: "a CDATA section")
      open[innermost].text += bytes[start..<(position - 3)]
      if position > start + 3 { open[innermost].holdsSection = true }
    } else if next("<?") {
      try instruction()
    } else {
      try beginElement()
    }
  }

  private mutating func characters() throws(CardError) {
    let innermost = open.count - 1
    let start = position
    while position < bytes.count, bytes[position] != UInt8(ascii: "<"),
      bytes[position] != UInt8(ascii: "&")
    {
      if bytes[position] == UInt8(ascii: "]"), next("]]>") { throw error("]]> ends no section") }
      position += 1
    }
    open[innermost].text += bytes[start..<position]
    if next("&") { open[innermost].text += try reference() }
  }

  private mutating func beginElement() throws(CardError) {
    position += 1
    guard open.count < Self.maximumDepth else {
      throw error("elements are nested more than \(Self.maximumDepth) deep")
    }
    var element = XMLElement(name: try name())
    guard open.isEmpty || element.name != XMLElement.textKey else {
      throw error("an element called _ cannot be told from text")
    }
    while true {
      let hasSpace = isAtSpace
      skipSpace()
      if next("/>") || next(">") { break }
      guard hasSpace else { throw error("the tag <\(element.shortName)> has no end") }
      try attribute(of: &element)
    }
    open.append(element)
    guard next("/") else {
      position += 1
      return
    }
    position += 2
    close()
  }

  private mutating func attribute(of element: inout XMLElement) throws(CardError) {
    let name = try name()
    let shown = name.utf16Slice(0..<60)
    skipSpace()
    guard next("=") else { throw error("the attribute \(shown) has no value") }
    position += 1
    skipSpace()
    guard next("\"") || next("'") else { throw error("the attribute \(shown) has no quotes") }
    let quote = bytes[position]
    position += 1
    var value: [UInt8] = []
    while position < bytes.count, bytes[position] != quote {
      if next("<") { throw error("the attribute \(shown) holds a tag") }
      if next("&") {
        value += try reference()
      } else {
        value.append(bytes[position])
        position += 1
      }
    }
    guard position < bytes.count else { throw error("the attribute \(shown) has no end") }
    position += 1
    guard element.attributes[name] == nil else {
      throw error("the attribute \(shown) stands twice")
    }
    element.attributes[name] = .text(Text(wtf8: value))
  }

  private mutating func endElement() throws(CardError) {
    position += 2
    let name = try name()
    skipSpace()
    guard next(">") else {
      throw error("the end of <\(open[open.count - 1].shortName)> has no end")
    }
    guard name == open[open.count - 1].name else {
      throw error("another element than <\(open[open.count - 1].shortName)> ends")
    }
    position += 1
    close()
  }

  private mutating func close() {
    let element = open.removeLast()
    if open.isEmpty {
      root = [element.name: element.value]
    } else {
      open[open.count - 1].append(element.value, named: element.name)
    }
  }

  /// The bytes that a reference stands for.
  private mutating func reference() throws(CardError) -> ArraySlice<UInt8> {
    let start = position + 1
    guard let end = bytes[start...].prefix(32).firstIndex(of: UInt8(ascii: ";")) else {
      throw error("& begins no reference")
    }
    let name = String(decoding: bytes[start..<end], as: UTF8.self)
    guard let scalar = Self.entities[name] ?? Self.numbered(name) else {
      throw error("there is no entity \(name)")
    }
    position = end + 1
    return ArraySlice(String(Character(scalar)).utf8)
  }

  private static let entities: [String: Unicode.Scalar] = [
    "lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'",
  ]

  /// The character of `#65` or `#x41`.
  private static func numbered(_ name: String) -> Unicode.Scalar? {
    guard name.utf8.first == UInt8(ascii: "#") else { return nil }
    let isHexadecimal = name.dropFirst().utf8.first == UInt8(ascii: "x")
    let digits = name.dropFirst(isHexadecimal ? 2 : 1)
    // A sign would be taken for part of the number.
    guard digits.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }),
      let number = UInt32(digits, radix: isHexadecimal ? 16 : 10),
      XMLCharacters.isCharacter(number)
    else { return nil }
    return Unicode.Scalar(number)
  }
}

// MARK: - Bytes

extension XMLReader {
  private var isAtSpace: Bool {
    position < bytes.count && XMLCharacters.isSpace(bytes[position])
  }

  private mutating func skipSpace() {
    while isAtSpace { position += 1 }
  }

  /// Whether the bytes from here on begin so.
  private func next(_ expected: String) -> Bool {
    bytes[position...].starts(with: expected.utf8)
  }

  private mutating func name() throws(CardError) -> Text {
    let start = position
    while position < bytes.count, XMLCharacters.mayBeInName(bytes[position]) { position += 1 }
    let name = Text(wtf8: Array(bytes[start..<position]))
    guard XMLCharacters.isName(name) else { throw error("a name is missing") }
    return name
  }

  private mutating func skip(past end: String, of what: String) throws(CardError) {
    let first = end.utf8.first
    while position < bytes.count {
      if bytes[position] == first, next(end) {
        position += end.utf8.count
        return
      }
      position += 1
    }
    throw error("\(what) has no end")
  }

  private func error(_ reason: String) -> CardError {
    let line = bytes[..<position].count(where: { $0 == UInt8(ascii: "\n") }) + 1
    return CardError(
      kind: .parseError,
      message: Text("The text is not XML: in line \(line), \(reason).")
    )
  }
}
