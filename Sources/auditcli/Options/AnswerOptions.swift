internal import ArgumentParser
internal import Flows
internal import Replay

/// Who answers what a flow asks of the world.
struct AnswerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A file of answers, or `typed` for values made up from the cards' declared types.",
      valueName: "file|typed"
    )
  )
  var answers: String?

  @Option(help: ArgumentHelp("Which made-up values; the same seed gives the same.", valueName: "n"))
  var seed: UInt64 = 0
}

extension AnswerOptions {
  /// Whether answers are made up.
  var isTyped: Bool { answers == "typed" }

  /// The answers of the file, if there is one.
  ///
  /// - Throws: `AnswersError` where the file is none of answers.
  func script() throws -> ScriptedAnswers? {
    isTyped ? nil : try Self.script(answers)
  }

  /// The answers of a file, if there is one.
  static func script(_ file: String?) throws -> ScriptedAnswers? {
    try file.map { try ScriptedAnswers(InputFile($0).bytes, source: $0) }
  }
}
