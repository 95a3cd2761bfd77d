public import Values

/// A pair of cards that somebody says are the same one: `old=new`.
public struct CardMapping: Hashable, Sendable {
  /// A card by its own id, and by that of its flow where one is given.
  public struct Side: Hashable, Sendable {
    /// The id of the flow; nil means any.
    public let flowID: Text?
    /// The card's own id.
    public let uuid: Text

    /// Makes a side.
    public init(flowID: Text? = nil, uuid: Text) {
      self.flowID = flowID
      self.uuid = uuid
    }
  }

  /// The card of the old version.
  public let old: Side
  /// The card of the new version.
  public let new: Side

  /// Makes a pair.
  public init(old: Side, new: Side) {
    self.old = old
    self.new = new
  }

  /// Reads `old=new`, each the id of a card or `flow/card`; nil where the text has another form.
  public init?(parsing text: Text) {
    let sides = text.split(separator: "=")
    guard sides.count == 2, let old = Self.side(sides[0]), let new = Self.side(sides[1]) else {
      return nil
    }
    self.init(old: old, new: new)
  }

  private static func side(_ text: Text) -> Side? {
    let parts = text.split(separator: "/")
    guard parts.count <= 2, let uuid = parts.last, parts.allSatisfy({ !$0.isEmpty }) else {
      return nil
    }
    return Side(flowID: parts.count == 2 ? parts.first : nil, uuid: uuid)
  }
}

extension CardMapping {
  /// The pair as it is written.
  public var text: String { "\(old.text)=\(new.text)" }
}

extension CardMapping.Side {
  fileprivate var text: String { (flowID.map { "\($0)/" } ?? "") + "\(uuid)" }

  func matches(_ id: CardID) -> Bool {
    id.uuid == uuid && (flowID == nil || flowID == id.flowID)
  }
}
