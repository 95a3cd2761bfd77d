public import Flows
public import Values

/// An execution of a recording: the root, a helper, or one item of a list card.
public struct RecordedExecution: Hashable, Sendable {
  /// The execution's id.
  public let id: Text
  /// The root of its tree.
  public let root: Text
  /// The execution whose step called it, nil for the root.
  public let parent: Text?
  /// The chain of call sites, such as `loop[3]`; empty for the root.
  public let callSite: Text
  /// The place in the list or the number of the repetition, nil for anything else.
  public let index: Int?
  /// The flow whose cards ran.
  public let flowID: Text
  /// That flow's name.
  public let flowName: Text
  /// The ids of the log events that its inputs carry, in the order in which they stand there.
  public let carries: [Text]
  /// How it ended, nil while it runs or where it was cut off.
  public internal(set) var end: RecordedEnd?

  /// Makes an execution.
  public init(
    id: Text,
    root: Text,
    parent: Text?,
    callSite: Text,
    index: Int?,
    flowID: Text,
    flowName: Text,
    carries: [Text] = [],
    end: RecordedEnd? = nil
  ) {
    self.id = id
    self.root = root
    self.parent = parent
    self.callSite = callSite
    self.index = index
    self.flowID = flowID
    self.flowName = flowName
    self.carries = carries
    self.end = end
  }

  /// The execution that began so.
  public init(_ start: ExecutionStart) {
    self.init(
      id: start.id,
      root: start.root,
      parent: start.parent,
      callSite: start.callSite,
      index: start.index,
      flowID: start.flowID,
      flowName: start.flowName,
      carries: CarriedEvents.ids(in: start.inputs)
    )
  }
}
