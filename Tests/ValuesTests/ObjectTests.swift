import Testing
import Values

@Suite struct ObjectTests {
  @Test(arguments: [3, 12, 13, 40])
  func `members keep their order and are found by key`(count: Int) {
    var object = Object((0..<count).map { (Text(Double($0)), .number(Double($0))) })
    #expect(object.count == count)
    #expect(object.keys == (0..<count).map { Text(Double($0)) })
    object["1"] = "changed"
    object["new"] = true
    object["0"] = nil
    #expect(object.keys.first == "1")
    #expect(object.keys.last == "new")
    #expect(object.first?.value == "changed")
    #expect(object["0"] == nil)
    #expect(object[Text(Double(count - 1))] != nil)
    object["absent"] = nil
    #expect(object.count == count)
  }

  @Test func `members are added without copying those before`() throws {
    var object = Object()
    var earlier = object
    let duration = ContinuousClock().measure {
      for number in 0..<60_000 {
        if number == 50 { earlier = object }
        object[Text(Double(number))] = .number(Double(number))
      }
    }
    // It takes a tenth of a second; with copies, a minute.
    #expect(duration < .seconds(20))
    #expect(object.count == 60_000)
    #expect(object["59999"] == 59_999)
    #expect(earlier.count == 50)
    #expect(earlier["50"] == nil)
    #expect(try JSON.parse(JSON.text(.object(object))) == .object(object))
  }

  @Test func `a member may be null and is not absent`() {
    var object: Object = ["a": .null]
    #expect(object.count == 1)
    #expect(object["a"] == .some(.null))
    object["a"] = .some(.null)
    #expect(object.count == 1)
  }

  @Test func `equality forgets the order and keeps the kinds`() {
    let (left, right): (Value, Value) = (["a": 1, "b": [true]], ["b": [true], "a": 1])
    #expect(left == right)
    #expect(left.hashValue == right.hashValue)
    #expect(left != ["a": "1", "b": [true]])
    #expect(left != ["a": 1])
  }

  @Test func `equality is reflexive for every number`() {
    #expect(Value.number(.nan) == .number(.nan))
    #expect(Value.number(.nan).hashValue == Value.number(-.nan).hashValue)
    #expect(Value.number(0) == .number(-0.0))
    #expect(Value.number(0).hashValue == Value.number(-0.0).hashValue)
  }

  @Test(arguments: [3, 12, 13, 40])
  func `the values of keys come in the order of the keys`(_ count: Int) {
    let object = Object((0..<count).map { (Text("k\($0)"), Value.number(Double($0))) })
    let keys = object.keys
    #expect(object.values(of: keys) == keys.map { object[$0] ?? .null })
    let others = keys.reversed() + ["missing"] + keys.prefix(1)
    #expect(object.values(of: others) == others.map { object[$0] ?? .null })
  }
}
