internal import Values

/// Evidence as deliveries bring it and executions carry it, by its name within its alert.
struct CarriedEvidence {
  let alert: Text
  let id: Text
}

extension CarriedEvidence {
  var value: Value { .list([.text(alert), .text(id)]) }

  /// What the list at a member of a row names.
  static func all(in row: Object, _ member: Text) -> [CarriedEvidence] {
    row.list(member).compactMap { item in
      guard case .list(let parts) = item, parts.count == 2, case .text(let alert) = parts[0],
        case .text(let id) = parts[1]
      else { return nil }
      return CarriedEvidence(alert: alert, id: id)
    }
  }

  /// The beginning of the keys of the rows that say who carries it.
  var key: [UInt8] { ViewKey.id("k", alert, ViewKey.part(id.bytes) + [0]) }
}
