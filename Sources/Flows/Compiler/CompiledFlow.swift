internal import Values

/// A top-level flow in a program.
struct CompiledFlow: Sendable {
  let id: Text
  let name: Text
  let trigger: FlowTrigger
  /// The number of its body.
  let body: Int
  /// The flow as its export has it.
  let exported: Value
}
