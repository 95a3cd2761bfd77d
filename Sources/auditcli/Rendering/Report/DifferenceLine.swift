internal import Replay
internal import Values

/// A line of what differs: what was, what would be, or what is said of both.
struct DifferenceLine: Hashable, Sendable {
  enum Side: Hashable, Sendable {
    case before, after, both
  }

  let side: Side
  /// The name of a field; empty for the whole.
  let field: String
  let pieces: [TextPiece]

  init(_ side: Side, field: String = "", _ pieces: [TextPiece]) {
    self.side = side
    self.field = field
    self.pieces = pieces
  }
}

extension DifferenceLine {
  /// How long the values of a change, and those of a field, may be.
  private static let (room, fieldRoom) = (400, 240)
  /// How many fields of a request are shown.
  private static let mostFields = 20

  /// The lines of a change.
  static func lines(of change: Change) -> [DifferenceLine] {
    switch change.kind {
    case .new: fields(of: change.after, .after)
    case .missing: fields(of: change.before, .before)
    case .reordered: pair(order(change.before), order(change.after))
    case .wouldNotStart: pair(words(change.before), words(change.after))
    case .arguments, .options, .connection, .method, .result, .response, .error, .status:
      pair(json(change.before), json(change.after))
    }
  }

  private static func pair(_ before: String?, _ after: String?) -> [DifferenceLine] {
    guard let before, let after else {
      let lines = [(DifferenceLine.Side.before, before), (.after, after)]
      return lines.compactMap { side, text in
        text.map { DifferenceLine(side, TextPiece.cut($0, to: room)) }
      }
    }
    let pieces = TextPiece.pair(before, after, room: room)
    return [DifferenceLine(.before, pieces.before), DifferenceLine(.after, pieces.after)]
  }

  /// A request, one line a field.
  private static func fields(of request: Value?, _ side: Side) -> [DifferenceLine] {
    guard case .object(let object)? = request, object["connector"] != nil else {
      return json(request).map { [DifferenceLine(side, TextPiece.cut($0, to: room))] } ?? []
    }
    var named: [(Text, Value)] = []
    if let connection = object["connection"], !connection.isNull {
      named.append(("connection", connection))
    }
    for (key, prefix) in [("options", "parameters/"), ("inputs", "")] as [(Text, Text)] {
      guard case .object(let members)? = object[key] else { continue }
      named += members.map { (prefix + $0.key, $0.value) }
    }
    let lines = named.prefix(mostFields).map { name, value in
      DifferenceLine(
        side,
        field: TextPiece.cut(name.description.visible, to: fieldRoom).map(\.plain).joined(),
        TextPiece.cut(json(value) ?? "", to: fieldRoom)
      )
    }
    guard named.count > mostFields else { return lines }
    return lines + [DifferenceLine(.both, [.same("… \(named.count - mostFields) more fields")])]
  }

  private static func json(_ value: Value?) -> String? {
    value.map { JSON.text(RecordedValue.encodeTree($0)).description.visible }
  }

  private static func words(_ value: Value?) -> String? {
    guard case .text(let text)? = value else { return json(value) }
    return text.description.visible
  }

  /// Behind what an effect comes.
  private static func order(_ step: Value?) -> String {
    if case .text(let step)? = step { "behind \(step.description.visible)" } else { "first" }
  }
}
