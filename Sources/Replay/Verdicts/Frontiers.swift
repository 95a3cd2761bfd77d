internal import Flows
internal import Values

/// The parts of a run that an unknown value hid: arms, loops, calls and the rest of bodies.
struct Frontiers {
  /// The steps that needed an unknown value, with what they needed and the first paths that were not taken for
  /// want of it.
  private(set) var steps: [(step: RecordedStep, unknown: Unknown, hidden: [Text])] = []
  /// The unknowns that any of them needed.
  private(set) var needed: Set<Int> = []
  /// The first paths that were not taken: all that begins with one of them is hidden.
  private var hidden: [Text] = []

  init(_ run: Recording, _ cards: CardIndex) {
    guard run.steps.contains(where: { $0.status == .frontier }) else { return }
    var flows: [Text: Text] = [:]
    for execution in run.executions { flows[execution.id] = execution.flowID }
    var entered: Set<Text> = []
    for step in run.steps { entered.formUnion(step.path.callingSteps) }
    for step in run.steps where step.status == .frontier {
      let values = Value.list([
        .object(step.outputs), .object(step.inputs), .object(step.arguments),
      ])
      let unknown = values.containedUnknown ?? Unknown(requests: [])
      needed.formUnion(unknown.requests)
      let id = CardID(flowID: flows[step.execution] ?? .empty, uuid: step.card)
      let skipped = skipped(by: step, id, cards)
      steps.append((step, unknown, (entered.contains(step.path) ? [] : [step.path]) + skipped))
      hidden += steps[steps.count - 1].hidden
    }
  }

  /// Whether a path of the new version, or one of the calls that lead to it, was not taken.
  func hides(_ path: Text) -> Bool {
    hidden.contains { $0 == path || $0.isCallSite(of: path) }
  }

  /// Whether a path is that of a step which left open if its body goes on.
  func ends(_ path: Text) -> Bool {
    steps.contains { $0.step.path == path && Self.endsBodies($0.step.address) }
  }

  private static func endsBodies(_ address: Text) -> Bool {
    [ControlKind.throwErrorIf, .continueIf].contains { Text($0.address.description) == address }
  }

  /// The paths of the cards beside the step that did not run: both arms of an If/Else, and what
  /// follows a *Continue If* or *Return Error If*.
  private func skipped(by step: RecordedStep, _ id: CardID, _ cards: CardIndex) -> [Text] {
    guard let located = cards.card(id) else { return [] }
    let body = cards.bodies[located.body].body.cards
    var places: [Int] = []
    if let arms = located.card.arms {
      places = Array(arms.whenTrue) + Array(arms.whenFalse)
    } else if Self.endsBodies(Text("\(located.card.kind)")) {
      places = Array((located.place + 1)..<max(located.place + 1, body.count))
    }
    let prefix = step.path.bytes.dropLast(step.card.bytes.count)
    return places.map { Text(wtf8: Array(prefix) + body[$0].uuid.bytes) }
  }
}

extension Text {
  /// The paths of the steps that the step of this path is part of.
  fileprivate var callingSteps: [Text] {
    var paths: [Text] = []
    var end = 0
    for part in split(separator: "/").dropLast() {
      let name = part.bytes.prefix { $0 != 0x5B && $0 != 0x3A }
      paths.append(Text(wtf8: Array(bytes[..<(end + name.count)])))
      end += part.bytes.count + 1
    }
    return paths
  }
}
