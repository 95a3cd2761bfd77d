public import EventStore
internal import Replay
internal import Values

/// The projection of breached-credential alerts and of what was done about them.
///
/// One alert is raised for each user and UTC day of the events' own times, so any order of
/// arrival gives the same alerts. The fold keeps facts; what follows from them, such as whether an
/// alert is handled, is derived when it is read.
///
/// | row | holds |
/// |---|---|
/// | `a` alert | the decisions |
/// | `p` alert NUL position | that the first copy of some of its evidence is there |
/// | `v` hash of alert and evidence id | where the copies of the event are |
/// | `z` position | the evidence that the event there is (`EvidenceRow`), or what it brings |
/// | `x` execution | its parent, whether it is an item, wrote, how, when and where it ended |
/// | `k` alert NUL evidence NUL execution | that the execution's inputs carry the evidence |
///
/// Evidence has a name only within its alert: senders share ids, and copies of an event may name
/// different users.
public struct AlertProjection: Projection {
  /// The view's name.
  public let name = "alerts"
  /// The version of the fold.
  public let version: UInt32 = 5

  /// Makes the projection.
  public init() {}

  private static let inbound: Set<String> = [
    InboundEventType.of(.oktaSystemLog), InboundEventType.of(.oktaEventHook),
    Event.conflictingType,
  ]

  /// Whether events of that type concern the view.
  public func reads(type: [UInt8]) -> Bool {
    let type = String(decoding: type, as: UTF8.self)
    return switch type {
    case "execution.started", "step.completed", "execution.finished": true
    default: Self.inbound.contains(type) || AlertDecision(eventType: type) != nil
    }
  }

  /// Whether an event of that type may hold evidence, or is about what was done with it.
  public func concerns(type: [UInt8], data: UnsafeRawBufferPointer) -> Bool {
    !InboundEventType.isInbound(type) || BreachEvidence.mayBe(in: data)
  }

  /// Takes an event into the view.
  public func apply(_ event: Event, to view: ViewWriter) throws {
    switch event.type {
    case "execution.started": try start(event, view)
    case "step.completed": try step(event, view)
    case "execution.finished": try finish(event, view)
    default:
      if let decision = AlertDecision(eventType: event.type) {
        try decide(decision, event, view)
      } else {
        try raise(event, view)
      }
    }
  }
}

// MARK: - Evidence

extension AlertProjection {
  private func raise(_ event: Event, _ view: ViewWriter) throws {
    let (own, brought) = BreachEvidence.read(event)
    let origin = event.attributes.source
    let place = ViewKey.position("z", event.position)
    guard let own else {
      guard !brought.isEmpty else { return }
      let carried = brought.map { CarriedEvidence(alert: $0.alert(origin: origin), id: $0.id) }
      return view.put(place, ["brought": .list(carried.map(\.value))])
    }
    let alert = own.alert(origin: origin)
    let row = EvidenceRow(own, alert: alert, recordedTime: event.recordedTime)
    view.put(place, JSON.serialize(row.value))
    let key = ViewKey.hashed("v", alert, own.id)
    let copies = try view.value(key).map(PositionList.decode) ?? []
    view.put(key, PositionList.encode(copies + [event.position]))
    guard copies.isEmpty else { return }
    view.put(ViewKey.id("p", alert, ViewKey.bytes(event.position)), [])
    let alertKey = ViewKey.id("a", alert)
    if try view.value(alertKey) == nil { view.put(alertKey, [:]) }
  }

  private func decide(_ decision: AlertDecision, _ event: Event, _ view: ViewWriter) throws {
    guard let data = ViewRow.object(event.data), let alert = data.textAt("alert"),
      var row = try view.object(ViewKey.id("a", alert))
    else { return }
    let kept: Object = [
      "decision": .text(Text(decision.rawValue)), "position": .whole(event.position.rawValue),
      "time": .whole(event.recordedTime), "note": data["note"] ?? .null,
      "actor": .text(Text(wtf8: event.attributes.actor)),
    ]
    row["decisions"] = .list(row.list("decisions") + [.object(kept)])
    view.put(ViewKey.id("a", alert), row)
  }
}

// MARK: - Executions

extension AlertProjection {
  private func start(_ event: Event, _ view: ViewWriter) throws {
    let root = Text(wtf8: event.attributes.correlation)
    guard let data = ViewRow.object(event.data), let id = data.textAt("execution") else { return }
    var row: Object = ["execution": .text(id), "started": .whole(event.position.rawValue)]
    var carried: [CarriedEvidence] = []
    if let parent = data.textAt("parent") {
      guard let rootRow = try view.object(ViewKey.id("x", root)) else { return }
      row["parent"] = .text(parent)
      if data["index"] != nil {
        let ids = Set(data.texts("carries"))
        carried = CarriedEvidence.all(in: rootRow, "evidence").filter { ids.contains($0.id) }
      }
    } else {
      guard let trigger = data.position("trigger"),
        let bytes = try view.value(ViewKey.position("z", trigger)),
        let brought = try? JSON.parse(bytes)
      else { return }
      carried = Self.evidence(brought)
      row["evidence"] = .list(carried.map(\.value))
    }
    view.put(ViewKey.id("x", id), row)
    for evidence in carried {
      view.put(evidence.key + ViewKey.part(id.bytes), id.bytes)
    }
  }

  /// The evidence that a row is about.
  private static func evidence(_ row: Value) -> [CarriedEvidence] {
    if case .object(let delivery) = row { return CarriedEvidence.all(in: delivery, "brought") }
    return EvidenceRow(row).map { [CarriedEvidence(alert: $0.alert, id: $0.id)] } ?? []
  }

  /// Marks the execution of a step that wrote or notified, and those above it.
  private func step(_ event: Event, _ view: ViewWriter) throws {
    let root = Text(wtf8: event.attributes.correlation)
    guard try view.value(ViewKey.id("x", root)) != nil, let data = ViewRow.object(event.data),
      data.list("requests").contains(where: Self.wrote)
    else { return }
    var next = data.textAt("execution")
    while let id = next, var row = try view.object(ViewKey.id("x", id)), row["wrote"] == nil {
      row["wrote"] = true
      view.put(ViewKey.id("x", id), row)
      next = row.textAt("parent")
    }
  }

  private static func wrote(_ request: Value) -> Bool {
    guard case .object(let request) = request, request.object("answer")?["outputs"] != nil,
      let asked = request.object("request"), asked["connector"] != nil
    else { return false }
    return EffectClass(recorded: .object(asked)) == .write
  }

  private func finish(_ event: Event, _ view: ViewWriter) throws {
    let root = Text(wtf8: event.attributes.correlation)
    guard try view.value(ViewKey.id("x", root)) != nil, let data = ViewRow.object(event.data),
      let id = data.textAt("execution"), var row = try view.object(ViewKey.id("x", id))
    else { return }
    row["status"] = data["status"]
    row["finished"] = .whole(event.recordedTime)
    row["ended"] = .whole(event.position.rawValue)
    view.put(ViewKey.id("x", id), row)
  }
}
