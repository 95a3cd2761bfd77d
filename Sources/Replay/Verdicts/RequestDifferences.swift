internal import Flows
internal import Values

/// The differences between two requests, by the names that cards give their fields.
enum RequestDifferences {
  static func changes(at step: Text, from old: Value, to new: Value) -> [Change] {
    guard case .object(let before) = old, case .object(let after) = new else { return [] }
    var changes: [Change] = []
    let name = new.requestName
    if old.requestName != name {
      changes.append(
        Change(
          step: step,
          kind: .method,
          effect: name,
          path: .empty,
          before: .text(old.requestName),
          after: .text(name)
        )
      )
    }
    changes += differences(
      before["connection"],
      after["connection"],
      .connection,
      of: name,
      at: step,
      prefix: "connection"
    )
    changes += differences(
      before["options"],
      after["options"],
      .options,
      of: name,
      at: step,
      prefix: "parameters/"
    )
    return changes
      + differences(
        before["inputs"],
        after["inputs"],
        .arguments,
        of: name,
        at: step,
        prefix: .empty
      )
  }

  /// The places at which a new request is unknown.
  static func unknownPlaces(in request: Value) -> [Text] {
    guard case .object(let object) = request else { return [] }
    return places(in: object["options"], prefix: "parameters/")
      + places(in: object["inputs"], prefix: .empty)
  }

  private static func places(in members: Value?, prefix: Text) -> [Text] {
    guard case .object(let object)? = members else { return [] }
    return object.compactMap { key, value in
      value.containedUnknown == nil ? nil : prefix + key
    }
  }

  static func differences(
    _ before: Value?,
    _ after: Value?,
    _ kind: ChangeKind,
    of effect: Text? = nil,
    at step: Text,
    prefix: Text
  ) -> [Change] {
    PathDiff.differences(from: before ?? .null, to: after ?? .null).map { difference in
      Change(
        step: step,
        kind: kind,
        effect: effect,
        path: prefix + difference.path.fieldText,
        before: difference.before,
        after: difference.after
      )
    }
  }
}

extension ValuePath {
  /// The path whose first step is the name of a field, written as it is: `Message/Text`.
  var fieldText: Text {
    guard case .key(let field)? = steps.first else { return Text(description) }
    let rest = ValuePath(Array(steps.dropFirst())).description
    if rest.isEmpty { return field }
    return field + Text(rest.hasPrefix("[") ? rest : "." + rest)
  }
}
