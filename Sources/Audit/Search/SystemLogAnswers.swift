public import EventStore
public import Flows
public import Replay
internal import Values

/// Answers *Search System Logs* cards from a log: System Log entries, one for each identity, as the
/// log was when the run began.
///
/// An entry of which a conflicting copy arrived later is found by its first copy.
public struct SystemLogAnswers: Sendable {
  /// How many entries one search gives at most.
  public static let maximumCount = 200

  private let log: EventLog
  private let asOf: UInt64
  private let origin: [UInt8]?

  /// Makes answers from the first `asOf` events of a log; those of one origin, where it is given.
  public init(_ log: EventLog, asOf: UInt64, origin: [UInt8]? = nil) {
    self.log = log
    self.asOf = asOf
    self.origin = origin
  }

  /// The answer to a card's request.
  ///
  /// A filter that cannot be read is an error of the card.
  ///
  /// - Throws: What reading the log throws.
  /// - Complexity: As `LogSearch` has it, and O(*n* log *n*) in what is found.
  public func reply(to request: ConnectorRequest) throws -> EffectReply {
    var query = SearchQuery()
    query.asOf = asOf
    query.since = Self.milliseconds(request.inputs["Date/since"])
    query.until = Self.milliseconds(request.inputs["Date/until"])
    do {
      if let filter = Self.given(request.inputs["Search By/Custom Filter"]) {
        query.filter = try Filter(filter)
      }
      if let words = Self.given(request.inputs["Search By/Keyword"]) {
        query.keywords = try KeywordQuery(words)
      }
    } catch let error as FilterError {
      return Self.refused("\(error)")
    } catch let error as KeywordQueryError {
      return Self.refused("\(error)")
    }
    return try answer(request, positions(query))
  }

  private static func refused(_ reason: String) -> EffectReply {
    EffectReply(.failure(CardError(kind: .invalidInput, message: Text(reason), statusCode: 400)))
  }

  /// Where the entries are, in order of their own times.
  private func positions(_ query: SearchQuery) throws -> [Position] {
    var found: [(time: Int64, position: Position)] = []
    let type = Array(InboundEventType.of(.oktaSystemLog).utf8)
    try LogSearch(query, in: log).run { event in
      guard event.type == type else { return true }
      if let origin, try event.copy().attributes.source != origin { return true }
      found.append((event.timestamp ?? event.recordedTime, event.position))
      return true
    }
    found.sort { $0.time == $1.time ? $0.position < $1.position : $0.time < $1.time }
    return found.prefix(Self.maximumCount).map(\.position)
  }

  private func answer(_ request: ConnectorRequest, _ positions: [Position]) throws -> EffectReply {
    var entries: [Object] = []
    for position in positions {
      guard let event = try log.event(at: position), let entry = ViewRow.object(event.data) else {
        continue
      }
      entries.append(entry)
    }
    if request.streamsRecords {
      return EffectReply(
        .outputs(ConnectorAnswer(outputs: Object(), records: entries.map { .object($0) })),
        evidence: AnswerEvidence(events: positions)
      )
    }
    var outputs = Object()
    // Beside members of one record, a list is a member too.
    let isOfOne = request.outputs.contains { if case .list = $0.type { false } else { true } }
    for field in request.outputs {
      switch field.type {
      case .list(let item) where !isOfOne:
        outputs[field.name.text] = .list(
          entries.map { SystemLogFields.value(of: .object($0), as: item) }
        )
      default:
        guard let first = entries.first else { continue }
        outputs[field.name.text] = SystemLogFields.member(field.name.key, of: first, as: field.type)
      }
    }
    return EffectReply(
      .outputs(ConnectorAnswer(outputs: outputs)),
      evidence: AnswerEvidence(events: positions)
    )
  }

  private static func given(_ value: Value?) -> String? {
    guard case .text(let text)? = value, !text.trimmed().isEmpty else { return nil }
    return text.description
  }

  private static func milliseconds(_ value: Value?) -> Int64? {
    value.flatMap { Coercion.instant(of: $0) }?.milliseconds
  }
}

/// Gives a System Log entry under the names that cards declare.
///
/// `Alternate ID` is the member `alternateId`, `IP Address` is `ipAddress`, and `Raw Output` is the
/// entry itself.
enum SystemLogFields {
  static func value(of value: Value, as type: DeclaredType) -> Value {
    switch (type, value) {
    case (.schema(let schema), .object(let object)):
      .object(Object(schema.members.map { ($0.key, member($0.key, of: object, as: $0.type)) }))
    case (.list(let item), .list(let items)): .list(items.map { self.value(of: $0, as: item) })
    case (.object, _), (.any, _): value
    default: Coercion.read(value, as: type)
    }
  }

  static func member(_ name: Text, of object: Object, as type: DeclaredType) -> Value {
    if name == "Raw Output" { return .object(object) }
    guard let member = object[memberName(name)] else { return .null }
    return value(of: member, as: type)
  }

  /// The member that a field's name stands for.
  private static func memberName(_ name: Text) -> Text {
    var words = name.split(separator: " ").map { $0.lowercased() }
    for place in words.indices.dropFirst() {
      let bytes = words[place].bytes
      words[place] = Text(wtf8: bytes.prefix(1).map { $0.uppercasedLetter } + bytes.dropFirst())
    }
    return Text.joined(words, separator: "")
  }
}

extension UInt8 {
  fileprivate var uppercasedLetter: UInt8 {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) ? self & 0xDF : self
  }
}
