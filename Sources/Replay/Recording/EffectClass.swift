public import Flows
internal import Values

/// What a method of a connector does to the world, as its name tells.
///
/// | class | methods |
/// |---|---|
/// | read | those whose first word only looks: read, get, list, search, find, look up, export … |
/// | reply | those that answer the caller of an API endpoint |
/// | write | all others: what is not known to read counts as writing or notifying |
public enum EffectClass: String, Hashable, Sendable, CaseIterable {
  /// It changes nothing.
  case read
  /// It changes or sends something.
  case write
  /// It answers whoever called the flow.
  case reply

  /// The class of a method.
  public init(of method: ConnectorMethod) {
    if method == ConnectorMethod(connector: "httpfunctions", method: "close") {
      self = .reply
    } else if Self.readingWords.contains(Self.firstWord(of: method.method)) {
      self = .read
    } else {
      self = .write
    }
  }

  private static let readingWords: Set<Text> = [
    "check", "count", "describe", "download", "export", "fetch", "find", "get", "is", "list",
    "look",
    "lookup", "query", "read", "retrieve", "search", "show", "stream", "validate", "view",
  ]

  /// The letters up to the first capital, digit or sign, in small letters; `Get User` and
  /// `getUser2` begin with `get`.
  private static func firstWord(of name: Text) -> Text {
    var word: [UInt8] = []
    for byte in name.bytes {
      let isCapital = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
      let isSmall = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      guard isSmall || (isCapital && word.isEmpty) else { break }
      word.append(byte | 0x20)
    }
    return Text(wtf8: word)
  }
}
