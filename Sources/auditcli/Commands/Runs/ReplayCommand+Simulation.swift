internal import Audit
internal import EventStore
internal import Flows
internal import Replay
internal import Values

extension ReplayCommand {
  /// Runs the flows of executions that Okta ran on what likely started them; returns what that tells.
  func runSimulations(_ roots: [HistoryEntry], _ log: EventLog) throws -> ExitStatus {
    let simulations = Simulations(
      log,
      with: with.first,
      script: try AnswerOptions.script(answers),
      supposing: try whatIf.supposition()
    )
    var counts = SimulationCounts()
    var table = TextTable("EXECUTION", "WAS", "SIMULATED", "PROOF", "EFFECTS")
    var progress = ProgressLine("simulating")
    var done: UInt64 = 0
    let threads = simulations.dependOnOrder ? 1 : work.threads
    try OrderedWork.forEach(roots, threads: threads) { entry in
      (entry, try simulations.result(of: entry))
    } _: { entry, result in
      done += 1
      progress.show(done, of: UInt64(roots.count), unit: "executions")
      counts.add(result, of: entry)
      if global.json {
        Output.json(result.line(of: entry))
      } else {
        table.add(result.cells(of: entry))
      }
    }
    progress.clear()
    if global.json {
      Output.json(["summary": .object(counts.value)])
    } else if roots.isEmpty {
      Output.message("No execution. `auditcli history --mode observed` lists those that Okta ran.")
    } else {
      table.write()
      Output.line("")
      Output.line(counts.sentence)
    }
    if counts.differing + counts.undetermined > 0 { return .found }
    return counts.simulated == 0 && !roots.isEmpty ? .couldNot : .done
  }
}

/// How many simulations ended as Okta's log tells.
private struct SimulationCounts {
  var agreeing = 0
  var differing = 0
  var undetermined = 0
  var skipped = 0

  var simulated: Int { agreeing + differing + undetermined }

  mutating func add(_ result: Simulations.Result, of entry: HistoryEntry) {
    guard case .simulated(let simulated) = result else { return skipped += 1 }
    guard let status = simulated.run.status else { return undetermined += 1 }
    if status.text == entry.status { agreeing += 1 } else { differing += 1 }
  }

  var value: Object {
    [
      "agreeing": .number(Double(agreeing)), "differing": .number(Double(differing)),
      "undetermined": .number(Double(undetermined)), "skipped": .number(Double(skipped)),
    ]
  }

  var sentence: String {
    "\(agreeing) end as they did, \(differing) otherwise, of \(undetermined) nobody can say, "
      + "\(skipped) skipped; all of it is assumed"
  }
}

extension ExecutionStatus {
  fileprivate var text: Text { Text(rawValue) }
}

extension Simulations.Result {
  fileprivate func line(of entry: HistoryEntry) -> Object {
    var line: Object = ["execution": .text(entry.execution), "observed": .text(entry.status)]
    switch self {
    case .skipped(let reason): line["reason"] = .text(Text(reason))
    case .simulated(let simulated):
      line["flow"] = .text(simulated.flow)
      line["trigger"] = .object([
        "position": .number(Double(simulated.position.rawValue)),
        "candidates": .number(Double(simulated.candidates)),
      ])
      for (key, value) in simulated.run.value { line[key] = value }
    }
    return line
  }

  fileprivate func cells(of entry: HistoryEntry) -> [String] {
    let head = [entry.execution.description, entry.status.description]
    switch self {
    case .skipped(let reason): return head + ["skipped", "", reason]
    case .simulated(let simulated):
      let run = simulated.run
      let writes = run.effects.filter(\.isWrite).map { $0.name.description.visible }
      let status = run.status?.rawValue ?? "not known"
      return head + [status, run.proof.rawValue, writes.joined(separator: ", ")]
    }
  }
}
