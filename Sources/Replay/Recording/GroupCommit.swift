internal import EventStore

/// What the runs of a group wait for, as few batches.
///
/// Events of runs that stand together are compressed together.
struct GroupCommit<Answering: Driver> {
  /// A batch with so many events or bytes takes no more runs.
  private static var fullCount: Int { 1000 }
  private static var fullBytes: Int { 1 << 20 }

  /// Runs whose events are appended together or not at all.
  private struct Batch {
    var parts: [AppendBatch] = []
    var runs: [DrivenRun<Answering>] = []
    var count = 0
    var bytes = 0

    func became(durable outcomes: [AppendOutcome]) {
      var first = 0
      for (run, part) in zip(runs, parts) {
        run.became(durable: part, outcomes[first..<first + part.events.count])
        first += part.events.count
      }
    }

    func fail(_ error: any Error) {
      for run in runs { run.fail(error) }
    }

    func appendOneByOne() {
      for (run, part) in zip(runs, parts) { run.append(part) }
    }
  }

  private var batches: [Batch] = []

  mutating func add(_ due: AppendBatch, of run: DrivenRun<Answering>) {
    let isFull = batches.last.map { $0.count >= Self.fullCount || $0.bytes >= Self.fullBytes }
    if isFull ?? true { batches.append(Batch()) }
    let last = batches.count - 1
    batches[last].parts.append(due)
    batches[last].runs.append(run)
    batches[last].count += due.events.count
    for event in due.events { batches[last].bytes += event.data.count }
    for value in due.values { batches[last].bytes += value.bytes.count }
  }

  /// Appends all in one commit; a run that cannot be appended keeps no other from it.
  func append(to log: EventLog) {
    guard !batches.isEmpty else { return }
    do {
      let prepared = try batches.map { try log.prepare(joining: $0.parts) }
      for (batch, result) in zip(batches, try log.appendEach(prepared)) {
        switch result {
        case .success(let outcomes): batch.became(durable: outcomes)
        case .failure(let error) where error is EventLogError: batch.appendOneByOne()
        // The disk may have it or not; tried again, it would seem to have been there before.
        case .failure(let error): batch.fail(error)
        }
      }
    } catch {
      // Of what is refused before anything is appended, most may be accepted.
      for batch in batches { batch.appendOneByOne() }
    }
  }
}
