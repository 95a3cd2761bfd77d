internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Flows
internal import Values

struct FlowAddCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Add flows from Okta's exports: .flopack, .folder or .flow files.",
    discussion: """
      A flow that is there already becomes a new version if it changed. The newest version is the \
      active one, unless the flow was switched off.

      EXIT STATUS
        2  a file could not be read or holds no flows; those of the others were added

      EXAMPLES
        auditcli flow add exports/*.flopack
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var actor: ActorOptions

  @Argument(help: ArgumentHelp("Exports of Okta Workflows.", valueName: "file"))
  var files: [String]

  func run() throws {
    let log = try global.openForWriting()
    let registry = FlowRegistry(log)
    let author = FlowRegistry.Author(actor: actor.claimed, why: actor.reason)
    var failures = 0
    for file in files {
      do {
        let pack = try FlowPack.load(InputFile(file).bytes, source: file)
        if pack.flows.isEmpty { throw Failure("\(file) holds no flows.") }
        for addition in try registry.add(pack, source: file, by: author) { write(addition) }
      } catch let error as FlowLoadError {
        Output.message("\(error)")
        failures += 1
      } catch let error as Failure {
        Output.message("auditcli: \(error)")
        failures += 1
      }
    }
    Coverage(size: try log.size().count).write(json: global.json)
    if failures > 0 { throw ExitStatus.found.exit }
  }

  private func write(_ addition: FlowRegistry.Addition) {
    let flow = addition.flow
    if !flow.unsupported.isEmpty {
      let types = flow.unsupported.map(\.description).joined(separator: ", ").visible
      Output.message(
        "\(flow.label.description.visible): card types that are not supported: \(types). "
          + "A run ends where it comes to one."
      )
    }
    guard !global.json else {
      Output.json(FlowListCommand.line(addition.flow))
      return
    }
    let state = addition.isNew ? Style.good("added") : Style.faint("known")
    Output.line("\(state)  \(addition.flow.label.description.visible)  \(addition.flow.trigger)")
  }
}
