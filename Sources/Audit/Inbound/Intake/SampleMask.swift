internal import EventStore

/// Events made fit to train a compression dictionary, which must not remember a person.
///
/// Of an event stay who it speaks for and, of its document, the punctuation, the numbers with every digit a zero, and those names and
/// texts that many documents share and that look like no address or number. Names of people are
/// shared too where few people act: texts under a member that holds names are never kept.
struct SampleMask {
  /// How many documents must share a text for it to be kept.
  static let sharing = 20

  private static let personal: Set<[UInt8]> = Set(
    [
      "displayName", "alternateId", "name", "firstName", "lastName", "login", "email", "userName",
      "user_name", "real_name", "username", "text", "value",
    ].map { Array($0.utf8) }
  )

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
    forEachToken(of: sample.data) { token in
      guard case .text(let text, _) = token, text.count <= 128 else { return }
      let key = Array(text)
      let known = counts[key] ?? (0, -1)
      if known.last != number { counts[key] = (known.count + 1, number) }
    }
  }

  /// The events, masked.
  func masked() -> [EventStore.EventDraft] {
    samples.map { sample in
      var masked = EventStore.EventDraft(
        type: "",
        source: sample.source,
        stream: sample.stream,
        data: masked(sample.data)
      )
      masked.dataContentType = sample.dataContentType
      return masked
    }
  }

  private func masked(_ document: [UInt8]) -> [UInt8] {
    var masked: [UInt8] = []
    masked.reserveCapacity(document.count)
    forEachToken(of: document) { token in
      switch token {
      case .text(let text, let member):
        masked.append(UInt8(ascii: "\""))
        if keeps(text, of: member) { masked.append(contentsOf: text) }
        masked.append(UInt8(ascii: "\""))
      case .other(let byte): masked.append(byte.isDigit ? UInt8(ascii: "0") : byte)
      }
    }
    return masked
  }

  private func keeps(_ text: ArraySlice<UInt8>, of member: ArraySlice<UInt8>?) -> Bool {
    guard text.count <= 128, counts[Array(text)].map({ $0.count >= Self.sharing }) ?? false,
      !text.contains(UInt8(ascii: "@"))
    else { return false }
    guard let member else { return true }
    return !text.contains(where: \.isDigit) && !Self.personal.contains(Array(member))
  }
}

extension SampleMask {
  /// A piece of a document.
  private enum Token {
    /// What stands between quotes; for a value, with the name of the member it is in.
    case text(ArraySlice<UInt8>, of: ArraySlice<UInt8>?)
    case other(UInt8)
  }

  /// Hands over the tokens of valid JSON; a member's name is a text of no member.
  private func forEachToken(of document: [UInt8], _ body: (Token) -> Void) {
    var position = 0
    var member: ArraySlice<UInt8> = []
    while position < document.count {
      guard document[position] == UInt8(ascii: "\"") else {
        body(.other(document[position]))
        position += 1
        continue
      }
      let start = position + 1
      position = start
      while position < document.count, document[position] != UInt8(ascii: "\"") {
        position += document[position] == UInt8(ascii: "\\") ? 2 : 1
      }
      let text = document[start..<min(position, document.count)]
      position += 1
      let next = document[min(position, document.count)...].first { !$0.isJSONWhitespace }
      if next == UInt8(ascii: ":") {
        member = text
        body(.text(text, of: nil))
      } else {
        body(.text(text, of: member))
      }
    }
  }
}
