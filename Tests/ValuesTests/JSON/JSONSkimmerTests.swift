import Testing
import Values

@Suite struct JSONSkimmerTests {
  /// The bytes of a member as text, nil where it is not found.
  private func member(_ key: JSONKey, of json: String) -> String? {
    let skimmer = JSONSkimmer(Array(json.utf8))
    return skimmer.member(key, ofObjectAt: 0).map { String(decoding: skimmer[$0], as: UTF8.self) }
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
    let found = skimmer.items(ofListAt: 0).map { String(decoding: skimmer[$0], as: UTF8.self) }
    #expect(found == items)
  }

  @Test func `bytes that are cut off or altered anywhere are not read beyond`() {
    let json = Array(#"{"b":["x\"",{"c":1}],"a":{"d":[1,"\\"]}}"#.utf8)
    for length in 0...json.count {
      let skimmer = JSONSkimmer(Array(json.prefix(length)))
      for start in 0...json.count {
        for part in skimmer.items(ofListAt: start) { #expect(part.upperBound <= length) }
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
