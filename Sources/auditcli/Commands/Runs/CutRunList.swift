internal import Audit
internal import Connectors
internal import EventStore
internal import Flows
internal import Replay
internal import Values

/// The list of live runs that were cut off: what each waits for, and what taking it up would do.
struct CutRunList {
  let connections: ConnectionOptions

  /// What taking a run up would do first.
  enum Next: String {
    /// Go on with the next card.
    case goesOn
    /// Wait for what is left of a wait.
    case waits
    /// Send the request again, since twice does no harm.
    case again
    /// Ask the service whether it did it.
    case asks
    /// Nothing, before somebody says whether the request was done.
    case doubt
    /// Nothing, before its plan is applied again.
    case plan
    /// Nothing: it cannot be taken up.
    case stuck
  }

  /// Writes the list.
  ///
  /// - Throws: Exit status 2 where there are any.
  func write(_ global: GlobalOptions) throws {
    let log = try global.openForReading()
    let connectors = try connections.services()
    let runs = CutRuns(log)
    var isEmpty = true
    var table = TextTable("EXECUTION", "FLOW", "STARTED", "WAITS FOR", "THEN")
    for entry in try runs.all() {
      // One that was going on may have ended meanwhile.
      guard let cut = try RecordingReader(log).cutRun(of: entry.execution), !cut.isFinished else {
        continue
      }
      isEmpty = false
      var next = Next.stuck
      var reason: String?
      do {
        if let remedy = try runs.remedy(ofRepair: cut) {
          (next, reason) = (.plan, remedy)
        } else {
          try runs.requireResumable(cut)
          next = try Self.next(cut, connectors, runs.closure(of: cut).connections)
        }
      } catch {
        reason = "\(error)"
      }
      if global.json {
        Output.json(Self.line(entry.execution, cut, then: next, reason: reason))
        continue
      }
      table.add(
        entry.execution.description,
        entry.flowName?.description ?? "",
        TimeText.of(entry.started),
        cut.open?.request.asked ?? "",
        Self.words(next)
      )
      table.note(
        [cut.open.map { ResumeWord.name($0, cut) }, reason].compactMap { $0 }
          + (next == .doubt ? cut.open?.request.lines ?? [] : [])
      )
    }
    if !global.json {
      isEmpty ? Output.line("No live run was cut off.") : table.write()
    }
    Coverage(size: try log.size().count).write(json: global.json)
    if !isEmpty { throw ExitStatus.found.exit }
  }

  /// What taking a run up would do first.
  ///
  /// - Throws: `MissingRoute` where the open request would find no service.
  private static func next(
    _ cut: CutRun,
    _ connectors: LiveConnectors,
    _ connections: [Connection]
  ) throws -> Next {
    guard let open = cut.open else { return .goesOn }
    guard let request = ConnectorRequest(recorded: open.request.request) else { return .waits }
    let route = try connectors.route(
      to: request.method,
      connection: request.connection,
      named: connections.first { $0.id == request.connection }?.name
    )
    return switch route.effect(of: request) {
    case .read, .idempotent, .keyed: .again
    case .queryable: .asks
    case .unsafe: .doubt
    }
  }

  private static func words(_ next: Next) -> String {
    switch next {
    case .goesOn: "it goes on"
    case .waits: "the wait goes on"
    case .again: "it is sent again"
    case .asks: "the service is asked"
    case .doubt: "in doubt"
    case .plan: "its plan is applied again"
    case .stuck: "it cannot be taken up"
    }
  }

  /// The line of a run in JSON.
  static func line(_ execution: Text, _ cut: CutRun, then next: Next, reason: String?) -> Object {
    [
      "execution": .text(execution), "step": cut.open.map { .text($0.path) } ?? .null,
      "name": cut.open.map { .text(Text(ResumeWord.name($0, cut))) } ?? .null,
      "request": cut.open?.request.request ?? .null, "then": .text(Text(next.rawValue)),
      "reason": reason.map { .text(Text($0)) } ?? .null,
    ]
  }
}
