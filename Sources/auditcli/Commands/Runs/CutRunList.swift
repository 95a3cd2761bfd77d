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
    let entries = try runs.all()
    var table = TextTable("EXECUTION", "FLOW", "STARTED", "WAITS FOR", "THEN")
    for entry in entries {
      let cut = try runs.unfinished(entry.execution)
      let names = try? runs.closure(of: cut).connections
      var next = Self.next(cut, connectors, names ?? [])
      var reason: String?
      do {
        _ = try runs.resumable(entry.execution)
      } catch {
        next = .stuck
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
      )
    }
    if !global.json {
      entries.isEmpty ? Output.line("No live run was cut off.") : table.write()
    }
    Coverage(size: try log.size().count).write(json: global.json)
    if !entries.isEmpty { throw ExitStatus.found.exit }
  }

  private static func next(
    _ cut: CutRun,
    _ connectors: LiveConnectors,
    _ connections: [Connection]
  ) -> Next {
    guard let open = cut.open else { return .goesOn }
    guard let request = ConnectorRequest(recorded: open.request.request) else { return .waits }
    let route = try? connectors.route(
      to: request.method,
      connection: request.connection,
      named: connections.first { $0.id == request.connection }?.name
    )
    switch route?.effect(of: request) {
    case .read, .idempotent, .keyed: return .again
    case .queryable: return .asks
    case .unsafe, nil: return .doubt
    }
  }

  private static func words(_ next: Next) -> String {
    switch next {
    case .goesOn: "it goes on"
    case .waits: "the wait goes on"
    case .again: "it is sent again"
    case .asks: "the service is asked"
    case .doubt: "in doubt"
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
