public import Values

/// Seeded edits of an export, as authors make them and as only a fault would: each changes one place.
///
/// What comes out need not load; who draws an edit asks for another where it does not.
public struct FlowEdits {
  /// What an edit changes.
  public enum Kind: CaseIterable, Sendable {
    /// The constant of an input, or any other member of a card.
    case input, leaf
    /// The type of an input, the path of an argument, a field that a card gives.
    case type, item, output
    /// The operator of a condition, the arms of a branch, what follows a failure, the connection.
    case condition, arms, policy, connection
    /// Which card's value an input gets.
    case rewire
    /// Where cards stand, which there are, and what they are.
    case reorder, add, delete, move, replace
    /// The name and the id of a card.
    case cardName, cardID
    /// The name and the id of a flow, a copy of it for one caller, whom a card calls.
    case rename, helperID, helperCopy, callee
    /// What is neither a card nor in one: tables, connections, schedules.
    case surroundings
  }

  var random: SplitMix64
  var made = 0

  /// Makes the edits of a seed.
  public init(_ random: SplitMix64) {
    self.random = random
  }

  /// A whole number below `bound`, from the same seed.
  public mutating func below(_ bound: Int) -> Int { random.below(bound) }

  /// A kind of edit.
  public mutating func kind() -> Kind { random.pick(Kind.allCases) }

  /// The export with an edit of a kind in one of these flows, of which the first is the one that runs;
  /// nil where the drawn place has nothing to edit.
  public mutating func draw(_ kind: Kind, of export: Value, in flows: [Text]) -> Value? {
    guard !flows.isEmpty else { return nil }
    let id = random.pick(flows)
    switch kind {
    case .rename: return export.setting(Self.path(of: id) + ["name"], "renamed")
    case .helperID: return newHelperID(export, flows)
    case .helperCopy: return copyHelper(export, flows)
    case .surroundings: return surroundings(export, id)
    default: break
    }
    let root = Self.path(of: id) + ["data"]
    guard let body = export.value(at: root) else { return nil }
    var bodies: [[Text]] = []
    Self.findBodies(body, root, &bodies)
    guard !bodies.isEmpty else { return nil }
    if kind == .move { return move(export, bodies) }
    let chosen = random.pick(bodies)
    guard let edited = export.value(at: chosen).flatMap({ edit($0, kind, flows) }) else {
      return nil
    }
    return export.setting(chosen, edited)
  }

  static func path(of flow: Text) -> [Text] { ["data", "flos", flow] }

  /// The paths of a body and of those inside its cards.
  static func findBodies(_ value: Value, _ path: [Text], _ found: inout [[Text]]) {
    switch value {
    case .object(let object):
      if object["methods"] != nil { found.append(path) }
      for (key, member) in object { findBodies(member, path + [key], &found) }
    case .list(let items):
      for (place, item) in items.enumerated() {
        findBodies(item, path + [Text("\(place)")], &found)
      }
    default: break
    }
  }

  private mutating func edit(_ body: Value, _ kind: Kind, _ flows: [Text]) -> Value? {
    guard let methods = body.value(at: ["methods"])?.list, !methods.isEmpty else { return nil }
    switch kind {
    case .rewire: return rewire(body, methods)
    case .reorder: return reorder(body, methods)
    case .add: return add(body, methods)
    case .delete: return delete(body, methods)
    case .cardID: return newCardID(body, methods)
    default:
      let place = random.below(methods.count)
      let path: [Text] = ["methods", Text("\(place)")]
      return editCard(methods[place], kind, flows, methods).map { body.setting(path, $0) }
    }
  }
}
