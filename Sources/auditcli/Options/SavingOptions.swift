internal import ArgumentParser

/// Whether recordings keep the values that pass through a flow.
struct SavingOptions: ParsableArguments {
  @Option(
    name: .customLong("save-data"),
    help: ArgumentHelp(
      "Whether recordings keep values: `flow` as each export says, or `always`.",
      valueName: "flow|always"
    )
  )
  var saving = DataSaving.flow
}

/// When a recording keeps values, beside digests of them.
enum DataSaving: String, CaseIterable, ExpressibleByArgument {
  /// Where no flow that the run can reach has the saving of its data switched off.
  case flow
  /// Whatever the flows say.
  case always
}
