public import Values

/// The beginning of an execution: the root's, a helper's, or that of one item of a list card.
public struct ExecutionStart: Sendable {
  let execution: Execution
  let body: CompiledBody
  let headValues: [Value]
}

extension ExecutionStart {
  /// The execution's id: that of the root as handed in, of children made from root and path.
  public var id: Text { execution.id }
  /// The root of the tree.
  public var root: Text { execution.root }
  /// The execution whose step called this one, nil for the root.
  public var parent: Text? { execution.parent?.id }
  /// The flow whose cards run: the callee, or the flow that holds an inline body.
  public var flowID: Text { execution.flow.id }
  /// That flow's name.
  public var flowName: Text { execution.flow.name }
  /// The chain of call sites, such as `loop[3]`; empty for the root.
  public var callSite: Text { execution.callSite }
  /// The place in the list or the number of the repetition, nil for anything else.
  public var index: Int? { execution.index }
  /// How many executions are above this one.
  public var depth: Int { execution.depth }

  /// What the execution was called with, by name: `group/key`, or `key` where there is no group.
  public var inputs: Object {
    body.headNames.object(headValues)
  }
}
