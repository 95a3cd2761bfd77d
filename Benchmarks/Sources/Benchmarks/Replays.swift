internal import Audit
internal import EventStore
internal import Flows
internal import Replay
internal import Values

/// The recorded executions of a flow, run again in three ways.
struct Replays {
  let executions: [Text]
  private let log: EventLog
  private let program: Program
  private let recordings: [Recording]
  private let starts: [(execution: Text, input: Trigger)]

  /// Finds and reads the executions of a flow in a store.
  init(_ store: String, _ flow: CallFlow) throws {
    let log = try EventLog(at: store, .readOnly, options: BenchmarkWorld.options())
    let reader = RecordingReader(log)
    var query = HistoryQuery()
    query.flow = Text(flow.name)
    self.log = log
    program = flow.program
    executions = try HistoryView(log).entries(query).map(\.execution)
    recordings = try executions.compactMap { try reader.recording(of: $0) }
    starts = recordings.map { ($0.root.execution, $0.root.input) }
    guard !recordings.isEmpty, recordings.count == executions.count else {
      throw Failure("recordings are missing")
    }
  }

  /// Reads, runs again and compares every step, on that many threads.
  func fromStore(threads: Int) throws -> Double {
    try Measure.time {
      try Parallel.run(threads) { [executions, log, program] worker in
        for place in stride(from: worker, to: executions.count, by: threads) {
          let result = try Replayer.replay(executions[place], in: log) { _ in program }
          guard case .identical? = result?.outcome else { throw Failure("a replay diverges") }
        }
      }
    }
  }

  /// Runs again and compares every step.
  func inMemory() throws -> Double {
    try Measure.time {
      for recording in recordings {
        guard case .identical = Replayer.replay(recording, program).outcome else {
          throw Failure("a replay diverges")
        }
      }
    }
  }

  /// Runs again and compares nothing.
  func alone() -> Double {
    Measure.time {
      for (execution, input) in starts {
        var run = Interpreter(program, executionID: execution)
        _ = run.start(input)
        while run.isWaiting {
          _ = run.resume(with: CallAnswers.answer)
          run.forgetEvents()
        }
      }
    }
  }
}
