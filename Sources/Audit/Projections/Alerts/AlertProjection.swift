internal import Crypto
public import EventStore
internal import Replay
internal import Values

/// The projection of breached-credential alerts and of what was done about them.
///
/// One alert is raised for each user, origin and UTC day of the events' own times, so any order of
/// arrival gives the same alerts. The fold keeps facts; what follows from them, such as whether an
/// alert is handled, is derived when it is read.
///
/// | row | holds |
/// |---|---|
/// | `a` alert | where the first copies of its evidence are, and the decisions |
/// | `v` hash of an evidence id | where the copies of the event are |
/// | `z` position | the evidence that the event there is (`EvidenceRow`), or the ids of what it brings |
/// | `x` execution | its parent, whether it is an item, wrote, how and when it ended |
/// | `k` evidence NUL execution | that the execution's inputs carry the evidence |
public struct AlertProjection: Projection {
  /// The view's name.
  public let name = "alerts"
  /// The version of the fold.
  public let version: UInt32 = 2

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
    guard !brought.isEmpty else { return }
    let place = ViewKey.position("z", event.position)
    guard let own else { return view.put(place, ["brought": .list(brought.map { .text($0) })]) }
    let key = ViewKey.hashed("v", own.id)
    let copies = try view.value(key).map(PositionList.decode) ?? []
    let first = try copies.first.flatMap { try view.value(ViewKey.position("z", $0)) }
    let known = first.flatMap { try? JSON.parse($0) }.flatMap(EvidenceRow.init)
    let alert = known?.alert ?? Self.alertID(own, origin: event.attributes.source)
    view.put(place, JSON.serialize(EvidenceRow(own, alert: alert).value))
    view.put(key, PositionList.encode(copies + [event.position]))
    guard copies.isEmpty else { return }
    let alertKey = ViewKey.id("a", alert)
    var row = try view.object(alertKey) ?? [:]
    row["evidence"] = .list(row.list("evidence") + [.whole(event.position.rawValue)])
    view.put(alertKey, row)
  }

  /// The id of the alert that evidence belongs to: origin, user and UTC day, hashed.
  static func alertID(_ evidence: BreachEvidence, origin: [UInt8]) -> Text {
    let user = evidence.userID ?? evidence.userLogin ?? evidence.id
    let (quotient, remainder) = evidence.time.quotientAndRemainder(dividingBy: 86_400_000)
    let day = remainder < 0 ? quotient - 1 : quotient
    let name = Array("breached-credential\0".utf8) + origin + [0] + user.bytes + [0]
    let hash = SHA256.hash(data: name + Array(String(day).utf8))
    let digits = hash.prefix(8).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }
    return Text("bc-" + digits.joined())
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
    var carried: [Text] = []
    if let parent = data.textAt("parent") {
      guard let rootRow = try view.object(ViewKey.id("x", root)) else { return }
      row["parent"] = .text(parent)
      let evidence = rootRow.texts("evidence")
      if data["index"] != nil {
        carried = data.texts("carries").filter { evidence.contains($0) }
      }
    } else {
      guard let trigger = data.position("trigger"),
        let bytes = try view.value(ViewKey.position("z", trigger)),
        let brought = try? JSON.parse(bytes)
      else { return }
      carried = Self.evidence(brought)
      row["evidence"] = .list(carried.map { .text($0) })
    }
    view.put(ViewKey.id("x", id), row)
    for evidence in carried {
      view.put(ViewKey.id("k", evidence, ViewKey.part(id.bytes)), id.bytes)
    }
  }

  /// The ids of the evidence that a row is about.
  private static func evidence(_ row: Value) -> [Text] {
    if case .object(let delivery) = row { return delivery.texts("brought") }
    return EvidenceRow(row).map { [$0.id] } ?? []
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
    view.put(ViewKey.id("x", id), row)
  }
}
