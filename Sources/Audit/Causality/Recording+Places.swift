internal import Replay
internal import Values

extension Recording {
  /// The execution that ran the step at a path, or that was running it where it never ended; nil
  /// where no such step was recorded.
  ///
  /// - Complexity: O(*n*) in the number of steps and executions.
  func execution(runningStepAt path: Text) -> Text? {
    if let step = steps.first(where: { $0.path == path }) { return step.execution }
    if let open = openRequests.first(where: { $0.path == path }) { return open.execution }
    return executions.first { $0.callingPath == path }?.parent
  }

  /// The path of the step that called an execution.
  func pathOfStep(calling id: Text) -> Text? {
    steps.first { $0.callees.contains(id) }?.path ?? execution(id)?.callingPath
  }

  /// Whether an execution is another one or one that it called, directly or through others.
  func isExecution(_ id: Text, within outer: Text) -> Bool {
    var next: Text? = id
    while let current = next {
      if current == outer { return true }
      next = execution(current)?.parent
    }
    return false
  }

  /// The executions that a step called which never ended, in the order in which they began.
  func callees(ofUnfinishedStep path: Text, in execution: Text) -> [Text] {
    children(of: execution).filter { $0.callingPath == path }.map(\.id)
  }

  /// The paths of the steps of an execution that began and never ended: those that called others,
  /// then those that asked something outside.
  func unfinishedSteps(of execution: Text) -> [Text] {
    var known: Set<Text> = []
    for step in steps where step.execution == execution { known.insert(step.path) }
    let calling = children(of: execution).compactMap(\.callingPath)
    let asking = openRequests.filter { $0.execution == execution }.map(\.path)
    return (calling + asking).filter { known.insert($0).inserted }
  }
}

extension RecordedExecution {
  /// The path of the step that called, nil for the root.
  fileprivate var callingPath: Text? {
    guard parent != nil else { return nil }
    // What follows the card's id in the last part: `[index]` of an item, `:error` of a telling.
    let last = (callSite.bytes.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1
    let end = callSite.bytes[last...].firstIndex {
      $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: ":")
    }
    return Text(wtf8: Array(callSite.bytes[..<(end ?? callSite.bytes.count)]))
  }
}
