internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Flows
internal import Values

struct ScheduleListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the flows with a schedule: when they start, and what they missed.",
    discussion: """
      Of each flow the active version is shown, else the latest, which starts by itself only when it \
      is active. Nobody needs to serve the store. MISSED counts the starts that the log tells of as \
      missed, and behind a plus those that the next server will tell of. With files, the schedules \
      of exports are listed and no store is read.

      EXAMPLES
        auditcli schedule list
        auditcli schedule list --next 5
        auditcli --json schedule list
        auditcli schedule list report.flopack
      """
  )

  @OptionGroup var global: GlobalOptions

  @Option(help: ArgumentHelp("How many planned starts are shown of each flow.", valueName: "n"))
  var next = 1

  @Argument(help: ArgumentHelp("Exports whose schedules are listed.", valueName: "file"))
  var files: [String] = []

  func validate() throws {
    guard (0...1000).contains(next) else {
      throw ValidationError("--next takes a number from 0 to 1000.")
    }
  }

  func run() throws {
    guard files.isEmpty else { return write(try files.flatMap(lines)) }
    let log = try global.openForReading()
    let book = ScheduleBook(log, zones: LocalWorld.zones)
    write(try book.flows().map { try line($0, book, log) })
    Coverage(size: try log.size().count).write(json: global.json)
  }

  private func write(_ lines: [ScheduleLine]) {
    guard !global.json else {
      for line in lines { Output.json(line.json) }
      return
    }
    guard !lines.isEmpty else {
      Output.message("No flow begins with a schedule.")
      return
    }
    var table = TextTable("FLOW", "STATE", "STARTS", "ZONE", "LAST", "NEXT", "MISSED")
    for line in lines {
      table.add(line.row)
      table.note(line.notes)
    }
    table.write()
  }
}

extension ScheduleListCommand {
  private static let now = Instant(milliseconds: ProcessWorld.now())

  private func line(
    _ flow: RegisteredFlow,
    _ book: ScheduleBook,
    _ log: EventLog
  ) throws -> ScheduleLine {
    var line = ScheduleLine(
      id: flow.flow,
      name: flow.name,
      version: flow.version,
      isActive: flow.isActive
    )
    line.missed = try book.missed(of: flow.flow)
    line.overdue = try book.overdue(flow.flow, at: Self.now.milliseconds)
    if let (tick, position) = try book.lastTick(of: flow.flow) {
      let runs = try HistoryView(log).executions(startedBy: position)
      line.last = ScheduleLine.Last(tick: tick, position: position, execution: runs.first)
    }
    do {
      if let schedule = try book.schedule(of: flow) { show(schedule, in: &line) }
    } catch let error as ScheduleError {
      line.problem = "\(error)"
    }
    return line
  }

  private func lines(inFile file: String) throws -> [ScheduleLine] {
    try SecretFile(ConnectionPlace(nil)).pack(of: SecretFile.export(file)).flows.compactMap {
      flow in
      guard case .scheduled(let cron) = flow.trigger else { return nil }
      var line = ScheduleLine(id: flow.id, name: flow.name)
      do throws(ScheduleError) {
        show(try Schedule(cron, zones: LocalWorld.zones), in: &line)
      } catch {
        line.problem = "\(error)"
      }
      return line
    }
  }

  private func show(_ schedule: Schedule, in line: inout ScheduleLine) {
    line.schedule = schedule
    if schedule.next(after: Self.now) == nil { line.problem = "it never comes due" }
    var time = Self.now
    while line.next.count < (line.isActive ? next : 0), let planned = schedule.next(after: time) {
      line.next.append(planned)
      time = planned
    }
  }
}
