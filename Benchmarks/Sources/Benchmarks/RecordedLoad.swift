internal import EventStore
internal import Flows
internal import Foundation
internal import Replay
internal import Values

/// How executions of a flow are recorded: from how many threads, and how many at once on each.
struct RecordedLoad {
  let threads: Int
  /// One where each run has its commits for itself, or with those of other threads.
  let together: Int
  let reach: EffectReach

  static func threads(_ threads: Int, _ reach: EffectReach = .outside) -> RecordedLoad {
    RecordedLoad(threads: threads, together: 1, reach: reach)
  }

  /// A group of runs on each core.
  static func groups(_ reach: EffectReach) -> RecordedLoad {
    let cores = ProcessInfo.processInfo.activeProcessorCount
    return RecordedLoad(threads: cores, together: 1000, reach: reach)
  }

  /// The load that a profiler, or a run on another disk, asks for.
  ///
  /// - Throws: `Failure` for a name that none has.
  static func named(_ name: String) throws -> RecordedLoad {
    let reach = name.hasSuffix("-local") ? EffectReach.standIn : .outside
    switch name {
    case "record", "record-local": return .threads(32, reach)
    case "record-group", "record-group-local": return .groups(reach)
    default: throw Failure("there is no recording \(name)")
    }
  }

  /// What the table calls it.
  var name: String {
    let name = threads == 1 ? "one thread" : "\(threads) threads"
    return together == 1 ? name : "\(name), \(together) runs at once on each"
  }
}

extension CallFlow {
  /// Records executions; returns their ids.
  func record(_ count: Int, in log: EventLog, _ load: RecordedLoad) throws -> [Text] {
    let version = FlowVersion(closure)
    let headers = (0..<count).map { header($0, version: version) }
    let before = try log.size().count
    try Parallel.run(load.threads) { worker in
      let own = stride(from: worker, to: count, by: load.threads).map { headers[$0] }
      try load.together == 1
        ? recordOneByOne(own, in: log, load) : recordTogether(own, in: log, load)
    }
    guard try log.size().count > before + UInt64(count) else {
      throw Failure("executions are missing")
    }
    return headers.map(\.execution)
  }

  private func recordOneByOne(
    _ headers: [RecordingHeader],
    in log: EventLog,
    _ load: RecordedLoad
  ) throws {
    let recorder = Recorder(log)
    var driver = CallAnswers(reach: load.reach)
    for header in headers { try Self.check(recorder.run(program, header, &driver)) }
  }

  private func recordTogether(
    _ headers: [RecordingHeader],
    in log: EventLog,
    _ load: RecordedLoad
  ) throws {
    var group = RecordingGroup<CallAnswers>(log, limit: load.together)
    for header in headers {
      for ended in group.add(program, header, CallAnswers(reach: load.reach)) {
        try Self.check(ended.outcome.get())
      }
    }
    for ended in group.finish() { try Self.check(ended.outcome.get()) }
  }

  private static func check(_ outcome: RunOutcome) throws {
    guard outcome.end.status == .succeeded else {
      throw Failure("a run failed: \(String(describing: outcome.end.error))")
    }
  }
}
