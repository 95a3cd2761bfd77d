internal import EventStore

/// Takes out of samples what a compression dictionary must not remember.
///
/// Names of members stay. Of the texts only values and words stay that the events of many different
/// actors share, so that nothing is kept by which one of them could be told; other letters go, and
/// other digits become zeros.
enum SampleMask {
  /// How many samples a dictionary is trained on.
  static let sampleCount = 1000
  /// The events of how many actors must share a value or a word for it to be kept.
  private static let actorCount = 20

  private struct Shares {
    private var actors: [ArraySlice<UInt8>: Set<Int>] = [:]

    mutating func note(_ text: ArraySlice<UInt8>, of actor: Int) {
      guard actors[text, default: []].count < actorCount else { return }
      actors[text, default: []].insert(actor)
    }

    func isShared(_ text: ArraySlice<UInt8>) -> Bool {
      (actors[text]?.count ?? 0) >= actorCount
    }
  }

  /// The samples, masked: their bytes, and every attribute that names someone.
  ///
  /// - Complexity: O(bytes).
  static func masked(_ samples: [EventStore.EventDraft]) -> [EventStore.EventDraft] {
    zip(samples, masked(samples.map(\.data))).map { sample, data in
      var masked = sample
      masked.data = data
      masked.id = []
      masked.subject = []
      masked.actor = []
      return masked
    }
  }

  private static func masked(_ samples: [[UInt8]]) -> [[UInt8]] {
    var numbers: [[UInt8]: Int] = [:]
    var shares = Shares()
    let reader = JSONReader()
    for sample in samples {
      let id = try? reader.withDocument(sample) { $0["actor"]?.text("id").map(Array.init) }
      let actor = numbers[id.flatMap { $0 } ?? [], default: numbers.count]
      numbers[id.flatMap { $0 } ?? []] = actor
      visit(sample) { text in
        shares.note(sample[text], of: actor)
        for word in sample[text].split(whereSeparator: { !isLetter($0) }) {
          shares.note(word, of: actor)
        }
      }
    }
    return samples.map { masked($0, shares) }
  }

  private static func masked(_ sample: [UInt8], _ shares: Shares) -> [UInt8] {
    var masked: [UInt8] = []
    var last = 0
    visit(sample) { text in
      masked += zeroed(sample[last..<text.lowerBound])
      masked += shares.isShared(sample[text]) ? Array(sample[text]) : words(sample[text], shares)
      last = text.upperBound
    }
    return masked + zeroed(sample[last...])
  }

  /// The words of a text that are shared, with what stands between them.
  private static func words(_ text: ArraySlice<UInt8>, _ shares: Shares) -> [UInt8] {
    var result: [UInt8] = []
    var index = text.startIndex
    while index < text.endIndex {
      guard isLetter(text[index]) else {
        result.append(isDigit(text[index]) ? UInt8(ascii: "0") : text[index])
        index += 1
        continue
      }
      let end = text[index...].firstIndex { !isLetter($0) } ?? text.endIndex
      if shares.isShared(text[index..<end]) { result += text[index..<end] }
      index = end
    }
    return result
  }

  /// Calls `body` with the place of the contents of every text that is a value.
  private static func visit(_ sample: [UInt8], _ body: (Range<Int>) -> Void) {
    var index = 0
    while let start = sample[index...].firstIndex(of: UInt8(ascii: "\"")) {
      var end = start + 1
      while end < sample.count, sample[end] != UInt8(ascii: "\"") {
        end += sample[end] == UInt8(ascii: "\\") ? 2 : 1
      }
      end = min(end, sample.count)
      index = min(end + 1, sample.count)
      let next = sample[index...].first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
      if next != UInt8(ascii: ":") { body(start + 1..<max(end, start + 1)) }
    }
  }

  private static func zeroed(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    bytes.map { isDigit($0) ? UInt8(ascii: "0") : $0 }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }
  private static func isLetter(_ byte: UInt8) -> Bool { byte >= 0x80 || (byte | 0x20) &- 97 < 26 }
}
