internal import ArgumentParser
internal import Audit
internal import Values

struct RepairShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "What a plan of repairs would do, execution by execution.",
    discussion: """
      EXAMPLES
        auditcli repair show repair.plan
        auditcli repair show repair.plan --json
      """
  )

  @OptionGroup var global: GlobalOptions

  @Argument(help: ArgumentHelp("The plan.", valueName: "file"))
  var file: String

  func run() throws {
    let plan = try RepairPlan(InputFile(file).bytes, source: file)
    RepairPlanText(plan).write(global, details: true)
  }
}
