import TestSupport
import Testing

@testable import EventStore

@Suite struct CompressionTests {
  /// Text that a dictionary helps with, and that repeats itself far apart.
  private func text(_ count: Int, using random: inout SplitMix64) -> [UInt8] {
    var text: [UInt8] = []
    while text.count < count {
      text += "{\"actor\":{\"id\":\"\(random.below(1_000_000))\",\"type\":\"User\"},".utf8
      if text.count > 200_000, random.once(in: 50) { text += text[..<random.below(100_000)] }
    }
    return Array(text.prefix(count))
  }

  @Test func `events of any length come back from behind a dictionary`() throws {
    var random = SplitMix64(forTest: "long events")
    let usual = EventBlock.fullBytes
    var sizes = [0, 1, 16, 17, 1_000, usual - 1, usual, usual + 1, usual * 3 / 2, 3_000_000, 100]
    sizes += (0..<60).map { _ in random.below(20_000) }
    let events = sizes.enumerated().map { index, size in
      var event = draft("\(index)", "")
      event.data = text(size, using: &random)
      return event
    }
    try withTemporaryLog { log throws in
      let samples = (0..<400).map { index in
        var sample = draft("\(index)", "")
        sample.data = text(2_000, using: &random)
        return sample
      }
      let kind = samples[0].dictionaryClass
      #expect(try log.trainDictionary(kind, samples: samples))
      #expect(log.hasDictionary(kind))
      try log.append(AppendBatch(events))
      for (index, event) in events.enumerated() {
        let stored = try #require(try log.event(at: Position(UInt64(index))))
        #expect(stored.data == event.data)
      }
    }
  }

  @Test func `what was long before takes no memory behind it`() {
    var text = BlockText()
    for _ in 0..<3 {
      text.begin(with: nil)
      text.writer.bytes.append(contentsOf: [UInt8](repeating: 7, count: 9 << 20))
      #expect(text.count == 9 << 20)
      text.begin(with: nil)
      #expect(text.writer.bytes.capacity < 1 << 20)
      text.writer.bytes.append(1)
      #expect(text.bytes == [1])
    }
  }
}
