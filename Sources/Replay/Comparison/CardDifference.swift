public import Values

/// How one card differs between two versions of a flow.
public struct CardDifference: Hashable, Sendable {
  /// What became of a card; a card can be several at once.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Only the new version has it.
    case added
    /// Only the old version has it.
    case removed
    /// It has another id; what it is and where its inputs come from is the same.
    case recreated
    /// Fields differ.
    case edited
    /// Inputs come from other cards.
    case rewired
    /// It stands in another body, or at another place among the others.
    case reordered
  }

  /// What a field held and holds; nil where the card has no such field.
  public struct Field: Hashable, Sendable {
    /// The field and the place in it: `Message/Text`, `outputs User/ID`, `on error`.
    public let path: Text
    /// What it held.
    public let before: Value?
    /// What it holds.
    public let after: Value?
  }

  /// The card of the old version, nil for one that was added.
  public let old: CardID?
  /// The card of the new version, nil for one that was removed.
  public let new: CardID?
  /// The name; where it changed, the new one.
  public let name: Text
  /// What the card is: `slack:sendMessage`.
  public let address: Text
  /// What became of it.
  public let kinds: [Kind]
  /// The fields that differ.
  public let fields: [Field]
  /// The inputs that come from elsewhere, with the cards and outputs they come from.
  public let wires: [Field]
}

extension CardDifference {
  /// The difference as a JSON line shows it.
  public var value: Value {
    var object: Object = [
      "card": .text((new ?? old)?.text ?? .empty), "name": .text(name), "address": .text(address),
      "changes": .list(kinds.map { .text(Text($0.rawValue)) }),
    ]
    if let old, let new, old != new { object["old"] = .text(old.text) }
    if !fields.isEmpty { object["fields"] = .list(fields.map(\.value)) }
    if !wires.isEmpty { object["wires"] = .list(wires.map(\.value)) }
    return .object(object)
  }
}

extension CardDifference.Field {
  /// The field as JSON lines show it; dates and files as recordings write them.
  public var value: Value {
    var object: Object = ["path": .text(path)]
    if let before { object["before"] = RecordedValue.encodeTree(before) }
    if let after { object["after"] = RecordedValue.encodeTree(after) }
    return .object(object)
  }

  /// The fields in which two descriptions differ.
  static func differences(from before: Object, to after: Object) -> [Self] {
    PathDiff.differences(from: .object(before), to: .object(after)).map {
      Self(path: $0.path.fieldText, before: $0.before, after: $0.after)
    }
  }
}
