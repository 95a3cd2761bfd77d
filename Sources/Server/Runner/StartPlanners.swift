internal import Audit
internal import EventStore

/// The planners of one thread, by hook; made anew when flows may have changed.
struct StartPlanners {
  private let log: EventLog
  private var planners: [String: (planner: StartPlanner, made: Int64)] = [:]

  /// For so many milliseconds a planner is used.
  private static let age: Int64 = 1000

  init(_ log: EventLog) {
    self.log = log
  }

  /// The planner for events that came by a hook, at a time in milliseconds since 1970.
  ///
  /// - Throws: `FlowRegistryError` where the hook's flow is not registered.
  mutating func planner(for hook: Hook?, at now: Int64) throws -> StartPlanner {
    let name = hook?.name ?? ""
    if let known = planners[name], (0..<Self.age).contains(now - known.made) {
      return known.planner
    }
    let planner = try StartPlanner(log, hook: hook)
    planners[name] = (planner, now)
    return planner
  }
}
