internal import Values

// Edits of flows as a whole, and of what surrounds them.
extension FlowEdits {
  /// Imports a helper again: it gets another id everywhere.
  mutating func newHelperID(_ export: Value, _ flows: [Text]) -> Value? {
    guard flows.count > 1 else { return nil }
    made += 1
    let helper = random.pick(flows.dropFirst())
    return export.replacing(helper, with: Text("helper-\(made)"))
  }

  /// Copies a helper, cards and their ids included, and lets one card call the copy.
  mutating func copyHelper(_ export: Value, _ flows: [Text]) -> Value? {
    guard flows.count > 1 else { return nil }
    made += 1
    let helper = random.pick(flows.dropFirst())
    let copy = Text("copy-\(made)")
    guard let original = export.value(at: Self.path(of: helper)) else { return nil }
    let calls = flows.flatMap { flow in
      let path = Self.path(of: flow) + ["data"]
      return (export.value(at: path)?.leaves ?? []).map { path + $0 }
    }.filter { export.value(at: $0) == .text(helper) }
    if calls.isEmpty { return nil }
    return export.setting(random.pick(calls), .text(copy))
      .setting(Self.path(of: copy), original.replacing(helper, with: copy))
  }

  /// Changes a member of a table, of a connection, or of a flow outside its cards.
  mutating func surroundings(_ export: Value, _ flow: Text) -> Value? {
    var places: [[Text]] = []
    for part in ["tables", "configs", "groups"] as [Text] {
      let leaves = export.value(at: ["data", part])?.leaves ?? []
      places += leaves.map { ["data", part] + $0 }
    }
    let root = Self.path(of: flow)
    var body = export.value(at: root) ?? .null
    for key in ["methods", "orderings"] as [Text] { body = body.removing(["data", key]) }
    places += body.leaves.map { root + $0 }
    if places.isEmpty { return nil }
    let path = random.pick(places)
    guard let value = export.value(at: path) else { return nil }
    return random.once(in: 4)
      ? export.removing(path) : export.setting(path, value == .null ? "edited" : value.another)
  }
}
