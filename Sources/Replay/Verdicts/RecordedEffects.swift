internal import Flows
internal import Values

/// A request of a recording, with the place where the new version has its step.
struct RecordedEffect {
  let step: RecordedStep
  let request: RecordedRequest
  /// The place among the requests of its step.
  let occurrence: Int
  let mapped: MappedPath?
  let effectClass: EffectClass
  /// How many writes to the same connector, or table, were recorded before.
  let writesBefore: Int

  /// Whether the request is one to the surroundings that changes nothing: clock, chance, zones.
  var isAmbient: Bool {
    request.method == nil && (effectClass == .read || request.request.isCoveredRequest)
  }
}

/// The requests of a recording in the order in which they were asked.
struct RecordedEffects {
  private(set) var all: [RecordedEffect] = []
  /// The writes to each connector, or table, in order.
  private(set) var writes: [Text: [Value]] = [:]
  /// By path in the new version.
  private(set) var byPath: [Text: [Int]] = [:]
  /// By request.
  private(set) var byRequest: [Value: [Int]] = [:]

  init(_ recording: Recording, _ paths: PathMap) {
    for step in recording.steps {
      let mapped = paths.mapped(step)
      for (occurrence, request) in step.requests.enumerated() {
        let effectClass = EffectClass(recorded: request.request)
        let scope = request.request.writtenScope
        let number = all.count
        all.append(
          RecordedEffect(
            step: step,
            request: request,
            occurrence: occurrence,
            mapped: mapped,
            effectClass: effectClass,
            writesBefore: writes[scope]?.count ?? 0
          )
        )
        if effectClass != .read { writes[scope, default: []].append(request.request) }
        if let mapped { byPath[mapped.path, default: []].append(number) }
        byRequest[request.request, default: []].append(number)
      }
    }
  }

  /// The request that the step at a path of the new version made as the nth.
  func effect(at path: Text, occurrence: Int) -> Int? {
    byPath[path]?.first { all[$0].occurrence == occurrence }
  }
}

extension Value {
  /// What a request writes or reads, as far as its name tells: the table of a table card, the
  /// connector of any other.
  var writtenScope: Text {
    guard case .object(let object) = self, case .text(let connector)? = object["connector"] else {
      return .empty
    }
    guard connector == "stash", case .text(let table)? = object.object("options")["stash"] else {
      return connector
    }
    return Text.joined([connector, table], separator: "/")
  }
}
