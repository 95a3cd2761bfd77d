internal import Values

/// The state of a card that calls a flow for each item.
struct Iteration: Sendable {
  /// What becomes of the callees' results.
  enum Mode: Sendable {
    case each
    case eachIgnoringErrors
    case map
    case filter
    case reduce
    /// The first item of which the callee says that it is one.
    case find
    /// The first item for each value that the callee gives.
    case unique
    /// The items in the order of the values that the callee gives.
    case sort
    /// An object of the keys and values that the callee gives.
    case members
    /// What the callee gives for what it gave before, while that has something at the path.
    case pages(ObjectPath)
    /// The records of a connector's answer; the outputs stand already.
    case stream(outputs: [Value], state: Value)
  }

  let plan: IterationPlan
  let mode: Mode
  let items: [Value]
  var next = 0
  var results: [Value] = []
  var memo = Value.null
  /// The name of the field that the memo was returned in, where it was alone.
  var memoField: Text?
  /// What keeps a filter from knowing which items it keeps.
  var unknown: Unknown?

  init(plan: IterationPlan, mode: Mode, items: [Value]) {
    self.plan = plan
    self.mode = mode
    self.items = items
  }
}
