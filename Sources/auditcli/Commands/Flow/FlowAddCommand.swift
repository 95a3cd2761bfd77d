internal import ArgumentParser
internal import Audit
internal import Connectors
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

      Constants that are keys, passwords or tokens do not go into the log: they are moved into the \
      file of connections (docs/connections.md), and names stand in their place. A run takes them \
      from there.

      EXIT STATUS
        2  a file could not be read or holds no flows; those of the others were added

      EXAMPLES
        auditcli flow add exports/*.flopack
        auditcli flow add notify.flopack --connections secrets/connections.yaml
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var actor: ActorOptions

  @Option(
    help: ArgumentHelp(
      "The file of connections that secrets are moved into; made where there is none.",
      discussion: "Default: $AUDITCLI_CONNECTIONS, else ./connections.yaml",
      valueName: "file"
    )
  )
  var connections: String?

  @Flag(help: "Leave keys and tokens in the flow, and so in the log.")
  var keepConstants = false

  @Argument(help: ArgumentHelp("Exports of Okta Workflows.", valueName: "file"))
  var files: [String]

  func run() throws {
    let log = try global.openForWriting()
    let registry = FlowRegistry(log)
    let author = FlowRegistry.Author(actor: actor.claimed, why: actor.reason)
    var failures = 0
    for file in files {
      do {
        let export = try SecretFile.export(file)
        // What cannot be loaded leaves no secrets behind either.
        let whole = try export.pack()
        if whole.flows.isEmpty { throw Failure("\(file) holds no flows.") }
        let kept = keepConstants ? [] : try SecretFile(place).keep(secretsOf: export)
        let pack = kept.isEmpty ? whole : try export.pack(moving: kept.map(\.reference))
        for addition in try registry.add(pack, source: file, by: author) {
          let names = Set(pack.closure(of: addition.flow.flow)?.secrets.map(\.name) ?? [])
          write(addition, kept.filter { names.contains($0.reference.name) })
        }
      } catch let error as ConfigurationError {
        Output.message("auditcli: \(error)")
        failures += 1
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

  private var place: ConnectionPlace { ConnectionPlace(connections) }

  private func write(_ addition: FlowRegistry.Addition, _ kept: [SecretFile.Kept]) {
    let flow = addition.flow
    if !flow.unsupported.isEmpty {
      let types = flow.unsupported.map(\.description).joined(separator: ", ").visible
      Output.message(
        "\(flow.label.description.visible): card types that are not supported: \(types). "
          + "A run ends where it comes to one."
      )
    }
    guard !global.json else {
      var line = FlowListCommand.line(addition.flow)
      if !kept.isEmpty { line["secrets"] = .list(kept.map(Self.value)) }
      Output.json(line)
      return
    }
    let state = addition.isNew ? Style.good("added") : Style.faint("known")
    Output.line("\(state)  \(addition.flow.label.description.visible)  \(addition.flow.trigger)")
    for secret in kept {
      let state = secret.isNew ? "moved into" : "known in"
      Output.message(
        "  secret \(secret.reference.name)  \(state) \(place.path.visible): \(secret.found.place.visible)"
      )
    }
  }

  private static func value(_ secret: SecretFile.Kept) -> Value {
    [
      "name": .text(secret.reference.name), "flow": .text(secret.found.flow),
      "card": .text(secret.found.card), "field": .text(secret.found.field),
      "moved": .boolean(secret.isNew),
    ]
  }
}

extension FoundSecret {
  /// Where the export had it, for people.
  fileprivate var place: String { "\(flow), card \"\(card)\", \(field)" }
}
