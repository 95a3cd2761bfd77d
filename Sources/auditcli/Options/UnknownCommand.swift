internal import ArgumentParser

/// A word where a command's name belongs, and the commands that there are.
enum UnknownCommand {
  /// Checks that the words before the first option name a command.
  ///
  /// - Throws: `ValidationError` where they do not, with the commands or the one that was meant.
  static func check(_ arguments: [String]) throws {
    var commands = AuditCLI.configuration.subcommands
    for word in arguments {
      guard !commands.isEmpty, !word.hasPrefix("-"), word != "help" else { return }
      guard let command = commands.first(where: { $0.configuration.commandName == word }) else {
        throw ValidationError(sentence(word, commands))
      }
      // The rest are arguments of the command that stands for the group, such as `alerts list`.
      guard command.configuration.defaultSubcommand == nil else { return }
      commands = command.configuration.subcommands
    }
  }

  private static func sentence(_ word: String, _ commands: [any ParsableCommand.Type]) -> String {
    let names = commands.map { $0.configuration }.filter(\.shouldDisplay)
      .compactMap(\.commandName)
    let near = names.map { (name: $0, distance: distance(Array(word), Array($0))) }
      .min { $0.distance < $1.distance }
    let meant = near.flatMap { $0.distance <= max(1, word.count / 3) ? $0.name : nil }
    return "There is no command '\(word)'. "
      + (meant.map { "Did you mean '\($0)'?" } ?? "There are: \(names.joined(separator: ", ")).")
  }

  /// How many characters have to be added, removed or replaced to make one word of the other.
  private static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var row = Array(0...right.count)
    for (line, character) in left.enumerated() {
      var diagonal = line
      row[0] = line + 1
      for (place, other) in right.enumerated() {
        let replaced = diagonal + (character == other ? 0 : 1)
        diagonal = row[place + 1]
        row[place + 1] = min(replaced, row[place] + 1, diagonal + 1)
      }
    }
    return row[right.count]
  }
}
