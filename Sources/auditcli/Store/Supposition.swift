internal import Audit
internal import Flows
internal import Replay
internal import Values

/// What is supposed to have been otherwise: what started an execution, and what was answered.
struct Supposition: Sendable {
  var edits: [TriggerEdit] = []
  var answers: ScriptedAnswers?

  /// Whether an answer can be used up, so that one comparison has to come after the other.
  var countsUses: Bool { answers?.countsUses ?? false }

  /// What a version is started with in place of a recorded trigger.
  ///
  /// - Throws: `Failure` that names the execution, where the trigger cannot be changed so.
  func input(of recording: Recording, for version: FlowClosure) throws -> Trigger? {
    if edits.isEmpty { return nil }
    return try input(recording.root.input, of: recording.root.execution, for: version)
  }

  /// What a version is started with in place of what an execution was.
  ///
  /// - Throws: As ``input(of:for:)`` does.
  func input(
    _ trigger: Trigger,
    of execution: Text,
    for version: FlowClosure
  ) throws -> Trigger {
    do {
      return try edits.applied(to: trigger, of: version.flow)
    } catch {
      throw Failure("\(execution): \(error)")
    }
  }
}

extension Supposition {
  /// What came of it as a JSON line shows it, with the changes of the trigger.
  func line(of result: DiffResult) -> Object {
    guard case .object(var line) = result.value else { return [:] }
    if !edits.isEmpty { line["set"] = .list(edits.map { .text($0.text) }) }
    return line
  }
}
