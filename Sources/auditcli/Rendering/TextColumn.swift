/// A column of a table: what becomes of it where the terminal is too narrow for all of them.
///
/// It follows from the title, so that columns of one name behave alike in every table.
struct TextColumn {
  let title: String
  private let role: Role

  private enum Role {
    /// Whole, beside the others or on a line of its own.
    case id
    /// Whole, always.
    case essential
    /// Shortened to no less than so many columns, always shown.
    case text(least: Int)
    /// Shortened, and left out at last; the lowest rank first.
    case useful(rank: Int, least: Int?)
    /// Left out before an id goes below its row; shortened if a least width is given.
    case spare(rank: Int, least: Int?)
  }

  private static let roles: [String: Role] = [
    "EXECUTION": .id, "ALERT": .id, "STEP": .id, "FROM": .id, "TO": .id,
    "FLOW": .text(least: 20), "TYPE": .text(least: 20), "USER": .text(least: 16),
    "ERROR": .useful(rank: 3, least: 12), "WHY": .useful(rank: 2, least: 16),
    "CHANGES": .useful(rank: 2, least: 16), "OUTPUTS": .useful(rank: 1, least: 20),
    "CARD": .useful(rank: 3, least: 14), "PROOF": .useful(rank: 1, least: nil),
    "SEVERITY": .useful(rank: 2, least: nil), "ACTOR": .useful(rank: 3, least: 14),
    "OUTCOME": .useful(rank: 2, least: nil), "DECISION": .useful(rank: 1, least: 20),
    "UNSUPPORTED": .useful(rank: 2, least: 11), "STATE": .useful(rank: 3, least: nil),
    "TRIGGER": .useful(rank: 1, least: 12), "VIEW": .useful(rank: 1, least: 8),
    "TARGET": .spare(rank: 1, least: 12), "MODE": .spare(rank: 2, least: nil),
    "STEPS": .spare(rank: 1, least: nil), "HASH": .spare(rank: 1, least: nil),
    "CARDS": .spare(rank: 2, least: nil), "HANDLING": .spare(rank: 1, least: nil),
    "LATENCY": .spare(rank: 2, least: nil), "COLUMNS": .useful(rank: 1, least: 16), "ID": .id,
    "TABLE": .text(least: 16), "FILE": .spare(rank: 1, least: 16),
    "CELLS": .useful(rank: 2, least: 16), "DESCRIBED IN": .spare(rank: 1, least: 16),
    "TITLE": .useful(rank: 1, least: 12), "ASKS": .text(least: 24),
    "CONNECTIONS": .useful(rank: 3, least: 12), "CONNECTION": .useful(rank: 2, least: 12),
    "CONNECTOR": .text(least: 14), "METHOD": .text(least: 20), "WAITS FOR": .text(least: 16),
    "STARTS": .text(least: 16), "ZONE": .useful(rank: 2, least: 10),
    "NOTICE": .id, "WHERE": .text(least: 16), "ON": .useful(rank: 1, least: nil),
    "AFTER": .spare(rank: 1, least: nil),
  ]

  init(_ title: String) {
    self.title = title
    role = Self.roles[title] ?? .essential
  }
}

extension TextColumn {
  /// Whether it may stand below its row.
  var isID: Bool { if case .id = role { true } else { false } }

  /// Whether it is left out before anything is moved.
  var isSpare: Bool { if case .spare = role { true } else { false } }

  /// Whether it is left out where nothing else helps.
  var isUseful: Bool { if case .useful = role { true } else { false } }

  /// Whether a table may do without it.
  var canBeLeftOut: Bool { isSpare || isUseful }

  /// The lower, the sooner it is left out.
  var rank: Int {
    switch role {
    case .useful(let rank, _), .spare(let rank, _): rank
    case .id, .essential, .text: .max
    }
  }

  /// How narrow it may become.
  var least: Int {
    switch role {
    case .text(let least), .useful(_, let least?), .spare(_, let least?): least
    case .id, .essential, .useful(_, nil), .spare(_, nil): .max
    }
  }

  /// A cell shortened to that many columns; a flow keeps its version.
  func shortened(_ text: String, to width: Int) -> String {
    guard text.columns > width else { return text }
    let end = title == "FLOW" ? text.version : ""
    return String(text.dropLast(end.count)).cut(to: max(1, width - 1 - end.columns)) + "…" + end
  }
}

extension String {
  /// The `@2` at the end of a flow's label; empty where there is none.
  fileprivate var version: String {
    guard let at = lastIndex(of: "@"), self[index(after: at)...].allSatisfy(\.isNumber) else {
      return ""
    }
    return String(self[at...])
  }
}
