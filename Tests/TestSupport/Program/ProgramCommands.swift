internal import Foundation

/// The commands of the program, as it tells of them itself.
public enum ProgramCommands {
  /// The words of every command that help shows, the program itself first as no word.
  public static let paths: Result<[[String]], any Error> = Result {
    let run = try ProgramRun(["--experimental-dump-help"])
    let tool = try JSONDecoder().decode(Tool.self, from: Data(run.output.utf8))
    return tool.command.paths(below: [])
  }

  private struct Tool: Decodable {
    let command: Node
  }

  private struct Node: Decodable {
    let commandName: String
    let shouldDisplay: Bool
    let subcommands: [Node]?

    func paths(below path: [String]) -> [[String]] {
      [path]
        + (subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" }
        .flatMap { $0.paths(below: path + [$0.commandName]) }
    }
  }
}
