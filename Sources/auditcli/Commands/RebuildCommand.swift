internal import ArgumentParser
internal import EventStore
internal import Values

struct RebuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rebuild",
    abstract: "Fold the whole log into new views and put them in the place of the old.",
    discussion: """
      Needed after an update whose views differ; the program then says so. The old views answer until
      the new ones stand, and stay if this is cut off.

      EXAMPLES
        auditcli rebuild
      """
  )

  @OptionGroup var global: GlobalOptions

  func run() throws {
    let log = try global.openForWriting(creating: false)
    var line = ProgressLine("Rebuilding")
    try log.rebuild { line.show($0.done, of: $0.total) }
    line.clear()
    let size = try log.size().count
    for view in try log.views() {
      guard global.json else {
        Output.line("\(view.name) \(view.version): \(view.rows) rows")
        continue
      }
      Output.json([
        "view": .text(Text(view.name)), "version": .number(Double(view.version)),
        "rows": .number(Double(view.rows)),
      ])
    }
    Coverage(size: size).write(json: global.json)
  }
}
