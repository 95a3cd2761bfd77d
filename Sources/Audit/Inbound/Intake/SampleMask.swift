internal import EventStore

/// Events made fit to train a compression dictionary, which must not remember a person.
///
/// Of an event stay who it speaks for and, of its document, the punctuation and what `SampleRules`
/// lets stay. In the rest each letter and digit becomes another of its kind, so that the dictionary
/// still learns how such texts are spread.
struct SampleMask {
  private var samples: [EventStore.EventDraft] = []
  private var rules = SampleRules()
  private let reader = JSONReader()

  /// How many events there are.
  var count: Int { samples.count }

  /// Takes in an event, if it is JSON.
  mutating func add(_ sample: EventStore.EventDraft) {
    do throws(JSONReadError) {
      try reader.withDocument(sample.data) { _ in }
    } catch {
      return
    }
    samples.append(sample)
    sample.data.withUnsafeBytes { document in
      SampleToken.forEach(of: document) { token in
        if case .text(let text, let member) = token { rules.count(text, of: member) }
      }
    }
    rules.endDocument()
  }
}

extension SampleMask {
  /// Events masked, evenly drawn from all, at most `limit`.
  ///
  /// A few hundred train a dictionary as well as a thousand do.
  func masked(atMost limit: Int = 250) -> [EventStore.EventDraft] {
    let step = max(1, (samples.count + limit - 1) / max(1, limit))
    let drawn = stride(from: 0, to: samples.count, by: step).map { samples[$0] }
    var scrambler = TextScrambler(drawn.map(\.data))
    return drawn.map { sample in
      scrambler.startNext()
      var masked = EventStore.EventDraft(
        type: "",
        source: sample.source,
        stream: sample.stream,
        data: masked(sample.data, &scrambler)
      )
      masked.id = scrambler.scrambled(sample.id)
      masked.subject = scrambler.scrambled(sample.subject)
      masked.actor = scrambler.scrambled(sample.actor)
      masked.time = scrambler.scrambled(sample.time)
      masked.dataContentType = sample.dataContentType
      return masked
    }
  }

  private func masked(_ document: [UInt8], _ scrambler: inout TextScrambler) -> [UInt8] {
    var masked: [UInt8] = []
    masked.reserveCapacity(document.count)
    document.withUnsafeBytes { document in
      SampleToken.forEach(of: document) { token in
        switch token {
        case .other(let byte): masked.append(byte.isDigit ? scrambler.draw(like: byte) : byte)
        case .text(let text, let member):
          masked.append(UInt8(ascii: "\""))
          rules.forEachPart(of: text, member) { part, stays in
            if stays {
              masked.append(contentsOf: part)
            } else {
              scrambler.scramble(part, into: &masked)
            }
          }
          masked.append(UInt8(ascii: "\""))
        }
      }
    }
    return masked
  }
}
