internal import EventStore
internal import Values

/// A list of cards that executions came to, kept once under a name that follows from it.
enum VisitedCardList {
  /// Keeps a list; returns its name.
  static func keep(_ cards: Value, in view: ViewWriter) throws -> Text {
    let bytes = JSON.serialize(cards)
    let key = ViewKey.hashed("v", Text(wtf8: bytes))
    if try view.value(key) == nil { view.put(key, bytes) }
    return Hexadecimal.encode(key.dropFirst())
  }

  /// The cards of the list of that name, nil where there is none.
  static func cards(named name: Text, in view: borrowing ViewReader) throws -> Set<Text>? {
    guard let hash = Hexadecimal.decode(name),
      let bytes = try view.value([UInt8(ascii: "v")] + hash),
      case .list(let items)? = try? JSON.parse(bytes)
    else { return nil }
    return Set(items.compactMap { if case .text(let card) = $0 { card } else { nil } })
  }
}
