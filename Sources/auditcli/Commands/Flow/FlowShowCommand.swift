internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Flows
internal import Values

struct FlowShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "The cards of a flow in order, with their inputs, conditions and arms.",
    discussion: """
      Cards are numbered; `subject ← 4 output` says that an input is wired to an output of card 4. \
      Fields that the flow's author left empty are not shown.

      EXAMPLES
        auditcli flow show notify
        auditcli flow show notify@1 --calls
        auditcli flow show exports/notify.flopack --json
      """
  )

  @OptionGroup var global: GlobalOptions

  @Argument(help: ArgumentHelp("A version, or a file.", valueName: "f"))
  var flow: String

  @Flag(help: "Also show every flow that it can reach.")
  var calls = false

  func run() throws {
    let log = try global.openForReading(flows: [flow])
    let version = try NamedFlows(log).version(flow)
    let closure = version.closure
    for flow in calls ? closure.flows : [closure.flow] {
      let outline = FlowOutline(flow, in: closure)
      if global.json {
        Output.json(outline.head)
        for line in outline.lines { Output.json(line) }
      } else {
        let isRoot = flow.id == closure.flow.id
        FlowOutlineText(outline, label: isRoot ? version.label : flow.name.description).write()
        if calls { Output.line("") }
      }
    }
    Coverage(size: try log?.size().count ?? 0).write(json: global.json)
  }
}
