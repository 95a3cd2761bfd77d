public import Values

/// Why what a flow is started with cannot be changed so.
public enum TriggerEditError: Error, Hashable {
  /// The text is no `trigger.PATH=VALUE`.
  case notAnEdit(Text)
  /// The flow is started with nothing.
  case nothingToEdit
  /// The flow takes nothing of the name.
  case unknownName(ValuePath, known: [Text])
  /// Something else must stand at the place.
  case wrongKind(ValuePath, wants: String)
  /// There is no such place.
  case nowhere(ValuePath, reason: String)
  /// Several events came at once, and it is not said which is meant.
  case severalEvents(ValuePath, count: Int)
}

extension TriggerEditError: CustomStringConvertible {
  /// What is wrong and what to give instead.
  public var description: String {
    switch self {
    case .notAnEdit(let text):
      "\(text) is no change of a trigger. Write `trigger.PATH=VALUE`, such as "
        + "`trigger.user.email=other@example.com`; the value is JSON, or else a text."
    case .nothingToEdit: "the execution was started by hand, with nothing that could be changed"
    case .unknownName(let place, let known): "there is no \(place). \(Self.sentence(known))"
    case .wrongKind(let place, let wants): "\(place) must be \(wants)"
    case .nowhere(let place, let reason): "nothing can stand at \(place): \(reason)"
    case .severalEvents(let place, let count):
      "\(count) events started the execution, and \(place) does not say which is meant. "
        + "Write `trigger[0]` for the first."
    }
  }

  private static func sentence(_ known: [Text]) -> String {
    var seen: Set<Text> = []
    let names = known.filter { seen.insert($0).inserted }.map(\.description)
    guard !names.isEmpty else { return "The flow takes nothing." }
    let shown = names.prefix(20).joined(separator: ", ")
    return "There is: \(shown)\(names.count > 20 ? " and \(names.count - 20) more" : "")."
  }
}
