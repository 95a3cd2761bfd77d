internal import EventStore
internal import Values

/// What the view of alerts keeps of one copy of an evidence event, under the copy's position.
///
/// It is kept by position and not by id, behind all other rows: rows that come in order fill their pages
/// and are written once, which rows in the order of ids do not and are not.
struct EvidenceRow {
  let id: Text
  let alert: Text
  let time: Int64
  let severity: AlertSeverity
  let userID: Text?
  let userLogin: Text?
  let userName: Text?
}

extension EvidenceRow {
  init(_ evidence: BreachEvidence, alert: Text, recordedTime: Int64) {
    id = evidence.id
    self.alert = alert
    time = evidence.published ?? recordedTime
    severity = evidence.severity
    userID = evidence.userID
    userLogin = evidence.userLogin
    userName = evidence.userName
  }

  /// The row of the value, nil where it is none.
  init?(_ value: Value) {
    guard case .list(let fields) = value, fields.count == 7, let id = fields[0].text,
      let alert = fields[1].text, case .number(let number) = fields[2],
      let time = Int64(exactly: number), let severity = fields[3].text
    else { return nil }
    self.id = id
    self.alert = alert
    self.time = time
    self.severity = AlertSeverity(rawValue: severity.description) ?? .medium
    userID = fields[4].text
    userLogin = fields[5].text
    userName = fields[6].text
  }

  /// The fields in order; names would take as much room as they do.
  var value: Value {
    .list([
      .text(id), .text(alert), .whole(time), .text(Text(severity.rawValue)), .optional(userID),
      .optional(userLogin), .optional(userName),
    ])
  }

  /// The evidence of which these are the copies: the earliest time, the gravest severity, and of names
  /// that differ the first in order.
  static func merged(_ copies: [EvidenceRow]) -> EvidenceRow? {
    guard let first = copies.first else { return nil }
    return EvidenceRow(
      id: first.id,
      alert: first.alert,
      time: copies.map(\.time).min() ?? first.time,
      severity: copies.map(\.severity).max() ?? first.severity,
      userID: copies.compactMap(\.userID).min(),
      userLogin: copies.compactMap(\.userLogin).min(),
      userName: copies.compactMap(\.userName).min()
    )
  }
}

/// The positions of a row.
enum PositionList {
  static func encode(_ positions: [Position]) -> [UInt8] {
    JSON.serialize(.list(positions.map { .whole($0.rawValue) }))
  }

  static func decode(_ bytes: [UInt8]) -> [Position] {
    guard let value = try? JSON.parse(bytes), case .list(let items) = value else { return [] }
    return items.compactMap(\.position)
  }
}

extension Value {
  fileprivate var text: Text? { if case .text(let text) = self { text } else { nil } }
}
