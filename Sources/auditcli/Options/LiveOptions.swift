internal import ArgumentParser

/// Whether a flow runs with real services.
struct LiveOptions: ParsableArguments {
  @Flag(
    name: .customLong("live"),
    help: "Ask the services behind the flow's connections; what the flow does is done."
  )
  var isLive = false

  @OptionGroup var connections: ConnectionOptions
}

extension LiveOptions {
  /// Refuses to have answers from a file and from services at once.
  func refuse(_ answers: AnswerOptions) throws {
    guard !isLive || answers.seed == 0 else {
      throw ValidationError("--seed is of made-up answers, which a live run has none of.")
    }
    guard isLive, answers.answers != nil else { return }
    throw ValidationError(
      "Answers come from a file (--answers) or from services (--live), not both."
    )
  }
}
