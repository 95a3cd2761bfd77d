internal import ArgumentParser
internal import Foundation

/// The options that may stand before the command's name.
///
/// What a command takes is parsed behind its name, so what stands before it is moved there; who asks
/// and why reach the commands that keep it as defaults.
enum LeadingOptions {
  private static let variables = [
    "--store": "AUDITCLI_STORE", "--actor": "AUDITCLI_ACTOR", "--why": "AUDITCLI_WHY",
  ]

  /// The arguments with nothing before the command's name.
  static func moved(_ arguments: [String]) -> [String] {
    var rest = arguments[...]
    var json: [String] = []
    while let option = rest.first, option.hasPrefix("--") {
      if option == "--json" {
        json = [option]
        rest.removeFirst()
        continue
      }
      let parts = option.split(separator: "=", maxSplits: 1).map(String.init)
      guard let variable = variables[parts[0]] else { break }
      guard let value = parts.count == 2 ? parts[1] : rest.dropFirst().first else { break }
      setenv(variable, value, 1)
      rest.removeFirst(parts.count == 2 ? 1 : 2)
    }
    let words = path(of: Array(rest))
    return words + json + rest.dropFirst(words.count)
  }

  /// The words that name a command, such as `flow add`.
  private static func path(of arguments: [String]) -> [String] {
    var words: [String] = []
    var commands = AuditCLI.configuration.subcommands
    for argument in arguments {
      guard let command = commands.first(where: { $0.configuration.commandName == argument })
      else { break }
      words.append(argument)
      commands = command.configuration.subcommands
    }
    return words
  }
}
