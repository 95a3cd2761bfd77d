internal import ArgumentParser

/// Recordings in a folder of their own, which need no store.
struct SuiteOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Save the executions, with their flows, into a folder that runs without a store.",
      valueName: "dir"
    )
  )
  var saveSuite: String?

  @Option(
    help: ArgumentHelp("Run all recordings of such a folder; no store is opened.", valueName: "dir")
  )
  var suite: String?
}

/// What a comparison may find.
struct GateOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A file of rules that say what may differ; the exit status goes by them alone.",
      valueName: "file.yaml"
    )
  )
  var gate: String?
}

extension GateOptions {
  /// The rules, nil where no file is named.
  ///
  /// - Throws: `ConfigurationError`; `Failure` where it cannot be read.
  func file() throws -> GateFile? { try gate.map(GateFile.init) }
}
