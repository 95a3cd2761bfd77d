import Flows
import Testing
import Values

/// *Parse* and *Format* of URLs; the values are those of Node's `url.parse` and `url.format`.
@Suite struct URLCardTests {
  @Test(arguments: parsing + formatting + places)
  func `URLs are taken apart and put together`(_ example: CardCase) throws {
    try example.check()
  }

  private static func parses(
    _ url: String,
    _ scheme: Value,
    _ host: Value,
    _ port: Value,
    _ path: Value,
    _ query: Value
  ) -> CardCase {
    CardCase(
      url,
      "url:parse",
      ["url": .text(Text(url))],
      gives: ["protocol": scheme, "host": host, "port": port, "path": path, "query": query]
    )
  }

  static let parsing: [CardCase] = [
    parses(
      "http://www.test.com:8080/test url?value=example&value2=URL",
      "http:",
      "www.test.com",
      8080,
      "/test%20url",
      "value=example&value2=URL"
    ),
    parses("HTTPS://User:Pa@EXAMPLE.com/a#frag", "https:", "example.com", .null, "/a", .null),
    parses("example.com/a?b", .null, .null, .null, "example.com/a", "b"),
    parses("//host/x", .null, .null, .null, "//host/x", .null),
    parses("//ada@host/x", .null, "host", .null, "/x", .null),
    parses("//@host/x", .null, .null, .null, "//@host/x", .null),
    parses("///ada@host/x", .null, .null, .null, "///ada@host/x", .null),
    parses("file:///etc/x", "file:", .null, .null, "/etc/x", .null),
    parses("mailto:ada@example.com", "mailto:", "example.com", .null, .null, .null),
    parses("http://[::1]:80/x", "http:", "::1", 80, "/x", .null),
    parses("http:\\\\a\\b?c\\d", "http:", "a", .null, "/b", "c%5Cd"),
    parses("  http://a.b?x=1?y=2#z  ", "http:", "a.b", .null, "/", "x=1?y=2"),
    parses("javascript:alert(1)", "javascript:", .null, .null, "alert(1)", .null),
    parses("http://a.b:/x", "http:", "a.b", .null, "/x", .null),
    parses("http://ex_am ple.com/y", "http:", "ex_am", .null, "%20ple.com/y", .null),
    parses("/a b\"c?d e", .null, .null, .null, "/a%20b%22c", "d%20e"),
    parses("http://a.b:99999/x", "http:", "a.b", 99_999, "/x", .null),
    parses("http://a@b@c/d", "http:", "c", .null, "/d", .null),
    parses("urn:isbn:1", "urn:", "isbn", 1, .null, .null),
    parses("http://a.b/{x}|y^z`<>'", "http:", "a.b", .null, "/%7Bx%7D%7Cy%5Ez%60%3C%3E%27", .null),
    parses("http://a*b.com/p", "http:", "a*b.com", .null, "/p", .null),
    parses("foo://Bar:12/q?", "foo:", "bar", 12, "/q", ""),
    parses("http://example.com:80a/x", "http:", "example.com", .null, "/:80a/x", .null),
    parses("ftp://h", "ftp:", "h", .null, "/", .null),
    parses("http://x=1\t\nx/", "http:", "x=1x", .null, "/", .null),
    parses("/a`?`", .null, .null, .null, "/a`", "`"),
    parses("/a`?` x", .null, .null, .null, "/a%60", "%60%20x"),
    parses("http://h?q#f?g", "http:", "h", .null, "/", "q"),
    parses("", .null, .null, .null, .null, .null),
    parses(":", .null, .null, .null, ":", .null),
    parses("http://", "http:", .null, .null, .null, .null),
    CardCase("null", "url:parse", ["url": .null], gives: ["protocol": .null, "path": .null]),
    CardCase("unknown", "url:parse", ["url": .unanswered], gives: ["host": .unanswered]),
  ]

  private static func formats(_ parts: KeyValuePairs<String, Value>, as url: Value) -> CardCase {
    CardCase("\(url)", "url:format", parts, gives: ["url": url])
  }

  static let formatting: [CardCase] = [
    formats(
      ["protocol": "http", "host": "h", "port": 80, "path": "p", "query": "a=b"],
      as: "http://h:80/p?a=b"
    ),
    formats(["protocol": .null, "host": "h"], as: "h"),
    formats(
      ["protocol": "https:", "host": "h", "path": "/a?b#c", "query": "?x#y"],
      as: "https://h/a%3Fb%23c?x%23y"
    ),
    formats(["protocol": "http", "host": "::1"], as: "http://[::1]"),
    formats(["protocol": "file", "path": "/etc/x"], as: "file:///etc/x"),
    formats(["protocol": "http", "path": "/x"], as: "http:/x"),
    formats(["protocol": "foo", "host": "h", "port": 8, "path": "p"], as: "foo:h:8p"),
    formats(["host": "h", "port": 0, "path": "/x y"], as: "h/x y"),
    formats(["protocol": "", "host": "", "port": "", "path": "", "query": ""], as: ""),
    formats(["host": .unanswered, "path": "x"], as: .unanswered),
  ]

  /// Places count where no field has a known key; a card that lacks some fields has no places.
  static let places: [CardCase] = [
    CardCase(
      "outputs",
      "url:parse",
      ["address": "http://h:8/p"],
      gives: ["Scheme": "http:", "Name": "h", "Number": 8]
    ),
    CardCase(
      "a known key among others",
      "url:parse",
      ["url": "http://h/p?q"],
      gives: ["query": "q", "own": .null, "host": "h"]
    ),
    CardCase("inputs", "url:format", ["scheme": "https", "name": "h"], gives: ["it": "https://h"]),
  ]
}
