internal import ArgumentParser
internal import Audit
internal import Flows
internal import Replay
internal import Values

/// What is supposed to have been otherwise when executions ran.
struct WhatIfOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What started them, changed; may be given more than once.",
      discussion:
        "`trigger.` and the place, such as trigger.user.email=other@example.com; the value is JSON, or else a text",
      valueName: "place=value"
    )
  )
  var set: [String] = []

  @Option(
    help: ArgumentHelp(
      "A file of answers that count, whatever was answered.",
      valueName: "file"
    )
  )
  var override: String?
}

extension WhatIfOptions {
  /// Whether nothing is.
  var isEmpty: Bool { self.set.isEmpty && override == nil }

  /// What the options say.
  ///
  /// - Throws: `TriggerEditError`, `AnswersError`.
  func supposition() throws -> Supposition {
    Supposition(
      edits: try self.set.map { try TriggerEdit(parsing: Text($0)) },
      answers: try AnswerOptions.script(override)
    )
  }
}
