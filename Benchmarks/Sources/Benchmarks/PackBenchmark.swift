internal import Flows
internal import Foundation
internal import Values

/// Exports of flows: registering them, and running what is in them with made-up answers.
struct PackBenchmark {
  let settings: Settings
  let workspace: Workspace

  func run(into table: inout ResultTable) throws {
    let files = try packs()
    try register(files, into: &table)
    try interpret(try runs(), of: files.count, into: &table)
  }

  private func packs() throws -> [String] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: settings.packs)
    let files = names.filter { $0.hasSuffix(".flopack") }.sorted().map { settings.packs + "/" + $0 }
    guard !files.isEmpty else { throw Failure("no exports of flows in \(settings.packs)") }
    return files
  }

  private func register(_ files: [String], into table: inout ResultTable) throws {
    let ours = {
      try workspace.inFolder { folder in
        let store = folder + "/store"
        let command =
          [settings.program, "--store", store, "flow", "add", "--connections", store + ".yaml"]
          + files
        return try ChildProcess.run(command).seconds
      }
    }
    let bytes = try files.reduce(0) { try $0 + Workspace.size(of: $1) }
    let work = "registering \(files.count) exports, \(bytes / 1_000) kB"
    guard ChildProcess.isInstalled("jq") else {
      let timing = try Measure.inTurn(settings.rounds, (files.count, ours))[0]
      table.add(work, "\(ResultTable.number(timing.rate)) exports/s", "jq is not installed")
      return
    }
    let timings = try Measure.inTurn(
      settings.rounds,
      (files.count, ours),
      (files.count, { try ChildProcess.run(["jq", "-c", "."] + files).seconds })
    )
    table.add(work, timings[0], "exports", "jq, parsing and writing them", timings[1])
  }

  /// Runs of every flow of the exports that can run, with answers of three seeds.
  func runs() throws -> [AnsweredRun] {
    var runs: [AnsweredRun] = []
    for file in try packs() {
      let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
      let pack = try FlowPack.load(bytes, source: file)
      for flow in pack.flows {
        guard let closure = pack.closure(of: flow.id), FlowVersion(closure).isRunnable else {
          continue
        }
        let program = Program(closure)
        runs += (0..<3).map { AnsweredRun(program, seed: $0) }
      }
    }
    return runs
  }

  private func interpret(
    _ runs: [AnsweredRun],
    of files: Int,
    into table: inout ResultTable
  ) throws {
    let steps = runs.reduce(0) { $0 + $1.steps }
    let timings = try Measure.inTurn(
      settings.rounds,
      (steps, { Measure.time { for run in runs { run.again() } } }),
      (steps * 16, { Measure.time { for run in runs { for _ in 0..<16 { run.again() } } } })
    )
    table.add(
      "interpreter alone, \(runs.count) runs of \(files) exports, \(steps) steps",
      "\(ResultTable.number(timings[0].rate)) steps/s",
      "each run 16 times, caches warm: \(ResultTable.number(timings[1].rate))/s",
      timings[0].ratio(to: timings[1])
    )
  }
}

/// A run whose answers are known, to be run again without anything else.
struct AnsweredRun {
  let steps: Int
  private let program: Program
  private let trigger: Trigger
  private let answers: [Answer]

  /// The most answers of one run.
  private static let mostAnswers = 10_000

  /// Runs a program once with made-up answers.
  init(_ program: Program, seed: UInt64) {
    let typed = TypedAnswers(program, seed: seed)
    let trigger = typed.trigger()
    var answers: [Answer] = []
    var run = Interpreter(program, executionID: "run")
    var transition = run.start(trigger)
    var steps = 0
    while case .needs(let request) = transition, answers.count < Self.mostAnswers {
      answers.append(typed.answer(to: request))
      transition = run.resume(with: answers[answers.count - 1])
      run.forgetEvents()
    }
    if case .finished(let outcome) = transition { steps = outcome.stepCount }
    self.steps = steps
    self.program = program
    self.trigger = trigger
    self.answers = answers
  }

  /// Runs the program again with the same answers.
  func again() {
    var run = Interpreter(program, executionID: "run")
    _ = run.start(trigger)
    for answer in answers where run.isWaiting {
      _ = run.resume(with: answer)
      run.forgetEvents()
    }
  }
}
