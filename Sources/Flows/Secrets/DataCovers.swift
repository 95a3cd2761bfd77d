internal import Values

/// The secrets of one value, with what takes their place.
struct DataCovers {
  /// What they stood under, without repeats.
  private(set) var names: [Text] = []
  private var covers: [Text: Text] = [:]
  /// Those that are looked for in all texts, for they stood alone and may stand elsewhere among words.
  private var sought: [(old: Text, new: Text)] = []

  /// A secret of fewer bytes could be guessed by whoever has the key, so nothing is told of it.
  private static let digestedLength = 20
  /// A secret of fewer bytes may be part of other words, or a word itself.
  private static let soughtLength = 20
  /// No more are looked for in all texts.
  private static let soughtCount = 16

  init(_ found: [ValueSecrets.Found], _ digest: SecretDigest) {
    var known: Set<Text> = []
    for (secret, name) in found {
      if known.insert(name).inserted { names.append(name) }
      guard covers[secret] == nil else { continue }
      let cover = Self.cover(of: secret, name, digest)
      covers[secret] = cover
      if secret.bytes.count >= Self.soughtLength, sought.count < Self.soughtCount {
        sought.append((secret, cover))
      }
    }
    // Of two of which one begins the other, the longer is looked for first.
    sought.sort { $0.old.bytes.count > $1.old.bytes.count }
  }

  private static func cover(of secret: Text, _ name: Text, _ digest: SecretDigest) -> Text {
    let label = SecretNames.name(name)
    guard secret.bytes.count >= digestedLength else { return "[secret " + label + "]" }
    return digest.reference(to: secret, named: label).text
  }

  /// A value with the secrets in its texts covered; keys stay.
  func cover(_ value: Value) -> Value {
    switch value {
    case .text(let text): .text(cover(text))
    case .list(let items): .list(items.map(cover))
    case .object(let object): .object(Object(object.map { ($0.key, cover($0.value)) }))
    case .null, .boolean, .number, .date, .file, .unknown: value
    }
  }

  private func cover(_ text: Text) -> Text {
    if let cover = covers[text] { return cover }
    let text = coverAlike(text).replacing(sought)
    // What is too short to be looked for stands alone, or behind a scheme.
    guard let space = text.bytes.lastIndex(of: UInt8(ascii: " ")),
      let cover = covers[Text(wtf8: Array(text.bytes[(space + 1)...]))]
    else { return text }
    return Text(wtf8: text.bytes[...space] + cover.bytes)
  }

  /// The text without what looks like a secret.
  private func coverAlike(_ text: Text) -> Text {
    let ranges = SecretShapes.ranges(in: text)
    guard !ranges.isEmpty else { return text }
    var result: [UInt8] = []
    var place = 0
    for range in ranges {
      let secret = Text(wtf8: Array(text.bytes[range]))
      result += text.bytes[place..<range.lowerBound] + (covers[secret] ?? secret).bytes
      place = range.upperBound
    }
    return Text(wtf8: result + text.bytes[place...])
  }

  /// A document with the secrets in its texts covered; keys and all between stay.
  func cover(json bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var place = 0
    while place < bytes.count {
      guard bytes[place] == UInt8(ascii: "\"") else {
        result.append(bytes[place])
        place += 1
        continue
      }
      let token = JSONStringToken(at: place, in: bytes)
      if !token.isKey, let text = token.text, case let covered = cover(text), covered != text {
        result += JSON.serialize(.text(covered))
      } else {
        result += bytes[token.range]
      }
      place = token.range.upperBound
    }
    return result
  }
}
