internal import ArgumentParser

/// How many executions are worked on at a time.
struct JobOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How many executions to work on at a time; the answer is the same.",
      discussion: "Default: the number of cores",
      valueName: "n"
    )
  )
  var jobs: Int?
}

extension JobOptions {
  /// More threads than any machine has cores take memory, and no less time.
  private static let most = 256

  func validate() throws {
    guard let jobs, !(1...Self.most).contains(jobs) else { return }
    throw ValidationError("--jobs is a number from 1 to \(Self.most).")
  }

  /// How many threads work.
  var threads: Int { jobs ?? OrderedWork.cores }
}
