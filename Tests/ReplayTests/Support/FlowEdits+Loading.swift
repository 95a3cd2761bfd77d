import Flows
import TestSupport
import Values

extension FlowEdits {
  /// A version of the flow with an edit of a kind, which loads; nil where none was found.
  mutating func edited(_ flow: EditedFlow, _ kind: Kind) -> FlowClosure? {
    edited(flow.export, kind, of: flow)?.closure
  }

  /// A version of the flow with so many edits, which loads, and their kinds; nil where none was found.
  mutating func edited(_ flow: EditedFlow, edits: Int) -> (closure: FlowClosure, kinds: [Kind])? {
    var found: (export: Value, closure: FlowClosure, kinds: [Kind])?
    for _ in 0..<edits {
      let kind = kind()
      guard let next = edited(found?.export ?? flow.export, kind, of: flow) else { continue }
      found = (next.export, next.closure, (found?.kinds ?? []) + [kind])
    }
    return found.map { ($0.closure, $0.kinds) }
  }

  private mutating func edited(
    _ export: Value,
    _ kind: Kind,
    of flow: EditedFlow
  ) -> (export: Value, closure: FlowClosure)? {
    for _ in 0..<20 {
      if let value = draw(kind, of: export, in: flow.reached), value != export,
        let pack = try? FlowPack.load(JSON.serialize(value), source: "edited"),
        let closure = pack.closure(of: flow.flow)
      {
        return (value, closure)
      }
    }
    return nil
  }
}
