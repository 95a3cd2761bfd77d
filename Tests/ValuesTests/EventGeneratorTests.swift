import TestSupport
import Testing
import Values

@Suite struct EventGeneratorTests {
  @Test func `the same seed gives the same entries`() {
    var one = EventGenerator(seed: 7)
    var other = EventGenerator(seed: 7)
    var third = EventGenerator(seed: 8)
    let lines = one.lines(50)
    #expect(lines == other.lines(50))
    #expect(lines != third.lines(50))
  }

  @Test(arguments: [EventGenerator.Regularity.regular, .irregular])
  func `every entry is one line of JSON`(_ regularity: EventGenerator.Regularity) throws {
    var generator = EventGenerator(seed: 11, regularity: regularity)
    for _ in 0..<500 {
      let line = generator.nextEvent()
      #expect(!line.contains(UInt8(ascii: "\n")))
      #expect((1_500...3_600).contains(line.count))
      let parsed = try JSON.parse(line)
      #expect(JSON.serialize(parsed).count <= line.count)
    }
  }

  @Test func `entries have many shapes and one in ten fails`() throws {
    var generator = EventGenerator(seed: 3)
    var types: Set<[UInt8]> = []
    var failures = 0
    for _ in 0..<4_000 {
      guard case .object(let entry) = try JSON.parse(generator.nextEvent()) else {
        Issue.record("an entry is no object")
        return
      }
      if let type = entry["eventType"] { types.insert(JSON.serialize(type)) }
      if case .object(let outcome)? = entry["outcome"], outcome["reason"] != .null { failures += 1 }
    }
    #expect(types.count >= 40)
    #expect((320...480).contains(failures))
  }

  @Test func `an irregular log has entries without a uuid and with text for debug data`() throws {
    var generator = EventGenerator(seed: 5, regularity: .irregular)
    var withoutID = 0
    var withText = 0
    for _ in 0..<2_000 {
      guard case .object(let entry) = try JSON.parse(generator.nextEvent()) else { continue }
      if entry["uuid"] == nil { withoutID += 1 }
      if case .object(let debug)? = entry["debugContext"], case .text? = debug["debugData"] {
        withText += 1
      }
    }
    #expect(withoutID > 0)
    #expect(withText > 0)
  }
}
