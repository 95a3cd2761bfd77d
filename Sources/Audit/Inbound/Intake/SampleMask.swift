internal import EventStore

/// Events made fit to train a compression dictionary, which must not remember a person.
///
/// Of an event stay who it speaks for and, of its document, the punctuation and those names and
/// texts that many documents share and that look like no address or number. Names of people are
/// shared too where few people act: texts under a member that holds names are never kept. In the
/// rest each letter and digit becomes another of its kind, so that the dictionary still learns how
/// such texts are spread.
struct SampleMask {
  /// How many documents must share a text for it to be kept.
  static let sharing = 20
  /// The longest text that is kept.
  private static let longest = 128

  /// Members that can hold a person's name or words.
  private static let personal: Set<[UInt8]> = Set(
    [
      "displayName", "alternateId", "name", "firstName", "lastName", "login", "email", "userName",
      "user_name", "real_name", "username", "text", "value",
    ].map { Array($0.utf8) }
  )
  /// Members whose texts are masked word by word: they name products.
  private static let products: Set<[UInt8]> = [Array("rawUserAgent".utf8)]

  private var samples: [EventStore.EventDraft] = []
  /// In how many documents a text stands, and in which it was met last.
  private var counts: [[UInt8]: (count: Int, last: Int)] = [:]
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
    let number = samples.count
    samples.append(sample)
    SampleToken.forEach(of: sample.data) { token in
      guard case .text(let text, let member) = token else { return }
      if let member, Self.products.contains(Array(member)) {
        for word in text.split(whereSeparator: { !$0.isLetter }) { count(word, number) }
      } else if text.count <= Self.longest {
        count(text, number)
      }
    }
  }

  private mutating func count(_ text: ArraySlice<UInt8>, _ number: Int) {
    let key = Array(text)
    let known = counts[key] ?? (0, -1)
    if known.last != number { counts[key] = (known.count + 1, number) }
  }
}

extension SampleMask {
  /// The events, masked.
  func masked() -> [EventStore.EventDraft] {
    var scrambler = TextScrambler(samples.map(\.data))
    return samples.map { sample in
      scrambler.startNext()
      var masked = EventStore.EventDraft(
        type: "",
        source: sample.source,
        stream: sample.stream,
        data: masked(sample.data, &scrambler)
      )
      masked.id = scrambler.scrambled(sample.id[...])
      masked.subject = scrambler.scrambled(sample.subject[...])
      masked.actor = scrambler.scrambled(sample.actor[...])
      masked.time = scrambler.scrambled(sample.time[...])
      masked.dataContentType = sample.dataContentType
      return masked
    }
  }

  private func masked(_ document: [UInt8], _ scrambler: inout TextScrambler) -> [UInt8] {
    var masked: [UInt8] = []
    masked.reserveCapacity(document.count)
    SampleToken.forEach(of: document) { token in
      switch token {
      case .other(let byte): masked.append(byte.isDigit ? scrambler.draw(like: byte) : byte)
      case .text(let text, let member):
        masked.append(UInt8(ascii: "\""))
        if keeps(text, of: member) {
          masked.append(contentsOf: text)
        } else if let member, Self.products.contains(Array(member)) {
          masked.append(contentsOf: maskedWords(of: text, &scrambler))
        } else {
          masked.append(contentsOf: scrambler.scrambled(text))
        }
        masked.append(UInt8(ascii: "\""))
      }
    }
    return masked
  }

  private func maskedWords(
    of text: ArraySlice<UInt8>,
    _ scrambler: inout TextScrambler
  ) -> [UInt8] {
    var masked: [UInt8] = []
    var rest = text
    while let first = rest.first {
      let word = rest.prefix { $0.isLetter }
      if word.isEmpty {
        masked.append(scrambler.draw(like: first))
        rest = rest.dropFirst()
      } else {
        masked.append(contentsOf: isShared(word) ? Array(word) : scrambler.scrambled(word))
        rest = rest.dropFirst(word.count)
      }
    }
    return masked
  }

  private func keeps(_ text: ArraySlice<UInt8>, of member: ArraySlice<UInt8>?) -> Bool {
    guard isShared(text), !text.contains(UInt8(ascii: "@")) else { return false }
    guard let member else { return true }
    return !text.contains(where: \.isDigit) && !Self.personal.contains(Array(member))
  }

  private func isShared(_ text: ArraySlice<UInt8>) -> Bool {
    text.count <= Self.longest && counts[Array(text)].map { $0.count >= Self.sharing } ?? false
  }
}
