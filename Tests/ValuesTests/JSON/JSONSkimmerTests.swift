import Testing
import Values

@Suite struct JSONSkimmerTests {
  /// The bytes of a member as text, nil where it is not found.
  private func member(_ name: StaticString, of json: String) -> String? {
    let skimmer = JSONSkimmer(Array(json.utf8))
    return skimmer.member(name, ofObjectAt: 0).map { String(decoding: skimmer[$0], as: UTF8.self) }
  }

  /// Where the items of a list stand.
  private func items(_ skimmer: JSONSkimmer, ofListAt start: Int) -> [Range<Int>] {
    var items: [Range<Int>] = []
    var next = skimmer.firstItem(ofListAt: start)
    while let item = next {
      items.append(skimmer.value(at: item))
      next = skimmer.item(behind: item)
    }
    return items
  }

  @Test(arguments: [
    (#"{"a":1,"b":2}"#, "1"), (#"{"b":2,"a":-1.5e3}"#, "-1.5e3"),
    (#"{"b":[1,{"a":3}],"a":4}"#, "4"),
    (#"{"b":{"a":3},"a":null}"#, "null"), (#"{"b":"\"a\":3","a":"x,y]}"}"#, #""x,y]}""#),
    (#"{"b":"\\","a":"\\\""}"#, #""\\\"""#), (#"{"b":"}","a":{"c":[1,"]"]}}"#, #"{"c":[1,"]"]}"#),
    (#"{"a":[]}"#, "[]"), (#"{"a":{}}"#, "{}"),
  ])
  func `a member is found whatever stands before it`(_ json: String, _ value: String) {
    #expect(member("a", of: json) == value)
  }

  @Test(arguments: [#"{"b":{"a":1}}"#, #"{"ab":1}"#, #"{"b":"a"}"#, "{}", "[]", "", "1"])
  func `a member that is not there is not found`(_ json: String) {
    #expect(member("a", of: json) == nil)
  }

  @Test(arguments: [
    ("[]", []), ("[1]", ["1"]),
    (#"["a,b",[1,2],{"c":[3,4]}]"#, [#""a,b""#, "[1,2]", #"{"c":[3,4]}"#]),
    (#"["]"]"#, [#""]""#]), ("{}", []),
  ])
  func `the items of a list stand side by side`(_ json: String, _ items: [String]) {
    let skimmer = JSONSkimmer(Array(json.utf8))
    let found = self.items(skimmer, ofListAt: 0)
    #expect(found.map { String(decoding: skimmer[$0], as: UTF8.self) } == items)
  }

  @Test func `the members of an object stand side by side`() throws {
    let skimmer = JSONSkimmer(Array(#"{"a":{"b":1},"c":12,"d":"x"}"#.utf8))
    let first = try #require(skimmer.firstMember(ofObjectAt: 0))
    #expect(skimmer.has("a", first) && skimmer.integer(at: first.value) == nil)
    let second = try #require(skimmer.member(behind: first))
    #expect(skimmer.has("c", second) && skimmer.integer(at: second.value) == 12)
    let third = try #require(skimmer.member(behind: second))
    #expect(skimmer.has("d", third) && skimmer.member(behind: third) == nil)
  }

  @Test func `what stands behind the end is not looked at`() {
    let skimmer = JSONSkimmer(Array(#"{"a":1,"b":2}"#.utf8), until: 6)
    #expect(skimmer.member("a", ofObjectAt: 0) == 5..<6)
    #expect(skimmer.member("b", ofObjectAt: 0) == nil)
  }

  @Test func `bytes that are cut off or altered anywhere are not read beyond`() {
    let json = Array(#"{"b":["x\"",{"c":1}],"a":{"d":[1,"\\"]}}"#.utf8)
    for length in 0...json.count {
      let skimmer = JSONSkimmer(Array(json.prefix(length)))
      for start in 0...json.count {
        for part in items(skimmer, ofListAt: start) { #expect(part.upperBound <= length) }
        if let part = skimmer.member("a", ofObjectAt: start) {
          #expect(part.upperBound <= length)
        }
      }
      for byte in Array(#"\"{}[],:"#.utf8) + [0, 0xff] {
        var altered = json
        altered[length % json.count] = byte
        let part = JSONSkimmer(altered).member("a", ofObjectAt: 0)
        #expect(part.map { $0.upperBound <= json.count } ?? true)
      }
    }
  }
}
