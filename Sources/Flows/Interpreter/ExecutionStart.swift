public import Values

/// The beginning of an execution: the root's, a helper's, or that of one item of a list card.
public struct ExecutionStart: Hashable, Sendable {
  /// The execution's id: that of the root as handed in, of children made from root and path.
  public let id: Text
  /// The root of the tree.
  public let root: Text
  /// The execution whose step called this one, nil for the root.
  public let parent: Text?
  /// The flow whose cards run: the callee, or the flow that holds an inline body.
  public let flowID: Text
  /// That flow's name.
  public let flowName: Text
  /// The chain of call sites, such as `loop[3]`; empty for the root.
  public let callSite: Text
  /// The place in the list or the number of the repetition, nil for anything else.
  public let index: Int?
  /// How many executions are above this one.
  public let depth: Int

  let headNames: FieldNames
  let headValues: [Value]
}

extension ExecutionStart {
  /// What the execution was called with, by name: `group/key`, or `key` where there is no group.
  public var inputs: Object {
    headNames.object(headValues)
  }
}
