internal import Values

/// The parts of a URL, as `url.parse` and `url.format` of Node have them.
struct URLParts {
  /// In lower case, with the colon.
  var scheme: Text?
  /// In lower case, without brackets and without the port.
  var host: Text?
  var port: Text?
  var path: Text?
  /// Without the question mark.
  var query: Text?

  /// Schemes whose addresses have two strokes and a path.
  private static let slashed: Set<Text> = [
    "http:", "https:", "ftp:", "gopher:", "file:", "ws:", "wss:",
  ]
  private static let script: Text = "javascript:"

  private static let stroke = UInt8(ascii: "/")
  private static let colon = UInt8(ascii: ":")
}

// MARK: - Parsing

extension URLParts {
  /// Takes a text apart; whatever it holds, some parts may be missing and nothing fails.
  ///
  /// User and password go, and so does what stands behind a number sign.
  init(_ text: Text) {
    var rest = Self.straightened(text.trimmed().bytes)[...]
    scheme = Self.takeScheme(&rest)
    let isSlashed = scheme.map { Self.slashed.contains($0) } ?? false
    let hasStrokes =
      rest.starts(with: "//".utf8) && scheme != Self.script
      && (scheme != nil || Self.namesUser(rest))
    if hasStrokes { rest = rest.dropFirst(2) }
    if hasStrokes || (scheme != nil && !isSlashed && scheme != Self.script) {
      takeHost(&rest)
    }
    let isPlain = scheme == Self.script || (scheme == nil && Self.isPlainPath(rest))
    let escaped = isPlain ? Array(rest) : rest.flatMap { Self.escaped($0) }
    let fragment = escaped.firstIndex(of: UInt8(ascii: "#")) ?? escaped.count
    let mark = escaped[..<fragment].firstIndex(of: UInt8(ascii: "?"))
    if let mark { query = Text(wtf8: Array(escaped[(mark + 1)..<fragment])) }
    let path = escaped[..<(mark ?? fragment)]
    if !path.isEmpty {
      self.path = Text(wtf8: Array(path))
    } else if isSlashed, host != nil {
      self.path = "/"
    }
  }

  /// Strokes that lean back are meant as strokes, as far as the path goes.
  private static func straightened(_ bytes: [UInt8]) -> [UInt8] {
    let end = bytes.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? bytes.count
    return bytes[..<end].map { $0 == UInt8(ascii: "\\") ? stroke : $0 } + bytes[end...]
  }

  /// Whether it is a path without white space and fragment, which stays as it is.
  private static func isPlainPath(_ rest: ArraySlice<UInt8>) -> Bool {
    rest.first == stroke && !rest.starts(with: "///".utf8)
      && !rest.contains { "#@ \t\n\r\u{B}\u{C}".utf8.contains($0) }
  }

  /// Whether a user stands behind the strokes, without whom a text without a scheme is a path.
  private static func namesUser(_ rest: ArraySlice<UInt8>) -> Bool {
    let authority = rest.dropFirst(2).prefix { $0 != stroke }
    guard let sign = authority.firstIndex(of: UInt8(ascii: "@")), sign > authority.startIndex else {
      return false
    }
    return authority[(sign + 1)...].first.map { $0 != UInt8(ascii: "@") } ?? false
  }

  private static func takeScheme(_ rest: inout ArraySlice<UInt8>) -> Text? {
    let name = rest.prefix { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "+"),
        UInt8(ascii: "-"):
        true
      default: false
      }
    }
    guard !name.isEmpty, name.endIndex < rest.endIndex, rest[name.endIndex] == colon else {
      return nil
    }
    rest = rest[(name.endIndex + 1)...]
    return Text(wtf8: Array(name) + [colon]).lowercased()
  }

  private mutating func takeHost(_ rest: inout ArraySlice<UInt8>) {
    let path = rest.firstIndex { "#/?".utf8.contains($0) } ?? rest.endIndex
    // Line breaks and tabs are taken for slips here, not behind.
    let authority = rest[..<path].filter { !"\t\n\r".utf8.contains($0) }
    rest = (authority + rest[path...])[...]
    let end = authority.count
    if let sign = rest[..<end].lastIndex(of: UInt8(ascii: "@")) { rest = rest[(sign + 1)...] }
    let stop = rest[..<end].firstIndex { Self.endsHost($0) } ?? end
    var name = rest[..<stop]
    rest = rest[stop...]
    let digits = name.reversed().prefix { $0.digit != nil }.count
    let place = name.endIndex - digits - 1
    if place >= name.startIndex, name[place] == Self.colon {
      if digits > 0 { port = Text(wtf8: Array(name[(place + 1)...])) }
      name = name[..<place]
    }
    if name.first == UInt8(ascii: "["), name.last == UInt8(ascii: "]"), name.count > 1 {
      name = name.dropFirst().dropLast()
      if rest.first != Self.stroke { rest = [Self.stroke] + rest }
    } else if let colon = name.firstIndex(of: Self.colon) {
      // What cannot be a host's is the beginning of the path.
      rest = ([Self.stroke] + name[colon...] + rest)[...]
      name = name[..<colon]
    }
    if !name.isEmpty { host = Text(wtf8: Array(name)).lowercased() }
  }

  private static func endsHost(_ byte: UInt8) -> Bool {
    " \"%';<>\\^`{|}".utf8.contains(byte)
  }

  /// A byte, or the escape of one that stands in no URL.
  private static func escaped(_ byte: UInt8) -> [UInt8] {
    guard "\t\n\r \"'<>\\^`{|}".utf8.contains(byte) else { return [byte] }
    let digits = Array("0123456789ABCDEF".utf8)
    return [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
  }
}

// MARK: - Formatting

extension URLParts {
  /// The URL of the parts; a scheme need not have its colon, nor a query its question mark.
  var text: Text {
    var scheme = self.scheme ?? .empty
    if !scheme.isEmpty, !scheme.hasSuffix(":") { scheme.append(":") }
    var host = self.host ?? .empty
    if host.contains(":"), !host.hasPrefix("[") { host = "[" + host + "]" }
    if !host.isEmpty, let port, !port.isEmpty, port != "0" { host = host + ":" + port }
    var path = self.path ?? .empty
    path = path.replacing("#", with: "%23", all: true).replacing("?", with: "%3F", all: true)
    if Self.slashed.contains(scheme.lowercased()), !host.isEmpty {
      if !path.isEmpty, !path.hasPrefix("/") { path = "/" + path }
      host = "//" + host
    } else if scheme.lowercased() == "file:" {
      host = "//"
    }
    var query = self.query ?? .empty
    query = query.replacing("#", with: "%23", all: true)
    if !query.isEmpty, !query.hasPrefix("?") { query = "?" + query }
    return scheme + host + path + query
  }
}
