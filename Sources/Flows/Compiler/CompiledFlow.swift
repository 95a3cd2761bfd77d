internal import Values

/// A top-level flow in a program.
final class CompiledFlow: Sendable {
  let id: Text
  let name: Text
  let trigger: FlowTrigger
  /// The number of its body.
  let body: Int
  /// The flow as its export has it.
  let exported: Value

  init(id: Text, name: Text, trigger: FlowTrigger, body: Int, exported: Value) {
    self.id = id
    self.name = name
    self.trigger = trigger
    self.body = body
    self.exported = exported
  }
}
