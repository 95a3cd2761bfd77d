internal import ArgumentParser
internal import Connectors
internal import Foundation
internal import Values

struct ConnectorCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check descriptions of connectors and the file of connections; nobody is asked.",
    discussion: """
      Each problem is told with its file, line and member. Without files, the connections and the \
      descriptions that a live run would use are checked.

      EXIT STATUS
        2  a file cannot be used

      EXAMPLES
        auditcli connector check
        auditcli connector check descriptions/*.yaml
      """
  )

  @OptionGroup var global: GlobalOptions
  @OptionGroup var connections: ConnectionOptions

  @Argument(help: ArgumentHelp("Descriptions of connectors.", valueName: "file"))
  var files: [String] = []

  func run() throws {
    var isWell = true
    if files.isEmpty {
      do {
        let file = try connections.file()
        let catalog = try connections.catalog(file)
        for missing in file.connections.compactMap(\.missing) {
          isWell = false
          report(missing.file, nil, missing)
        }
        report(
          file.path.isEmpty ? "no file of connections" : file.path,
          "\(file.connections.count) connections, \(catalog.connectors.count) descriptions",
          nil
        )
      } catch let error as ConfigurationError {
        isWell = false
        report(error.file, nil, error)
      }
    }
    for path in files {
      do {
        let description = try DescriptionReader.read(InputFile(path).bytes, source: path)
        report(path, "\(description.title), \(description.methods.count) methods", nil)
      } catch let error as ConfigurationError where error.place == "connections" {
        throw Failure("\(path) is a file of connections: name it with --connections")
      } catch let error as ConfigurationError {
        isWell = false
        report(path, nil, error)
      }
    }
    if !isWell { throw ExitStatus.found.exit }
  }

  private func report(_ file: String, _ found: String?, _ problem: ConfigurationError?) {
    if global.json {
      Output.json([
        "file": .text(Text(file)), "ok": .boolean(problem == nil),
        "line": problem?.line.map { .number(Double($0)) } ?? .null,
        "place": problem.map { .text(Text($0.place)) } ?? .null,
        "problem": problem.map { .text(Text($0.reason)) } ?? .null,
      ])
    } else if let problem {
      Output.line(Style.bad("\(problem)"))
    } else {
      Output.line("\(file.visible): \(found ?? "")")
    }
  }
}
