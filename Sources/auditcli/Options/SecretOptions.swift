internal import ArgumentParser
internal import Audit
internal import EventStore
internal import Flows
internal import Values

/// What becomes of secrets that events and requests bring.
struct SecretOptions: ParsableArguments {
  @Flag(
    name: .customLong("keep-secrets"),
    help: ArgumentHelp(
      "Leave tokens and passwords in what comes in, and so in the log for good."
    )
  )
  var areKept = false

  /// That secrets were covered, and how to have them kept.
  func remark(_ data: String, _ names: some Sequence<Text>) -> String {
    "\(data) held secrets (\(Self.list(names))); digests stand in their place. --keep-secrets keeps them."
  }

  private static func list(_ names: some Sequence<Text>) -> String {
    names.map { "\($0)".visible }.sorted().joined(separator: ", ")
  }

  /// What starts a run with its secrets covered, which is told.
  ///
  /// - Throws: `Failure` where services would be sent the covers.
  func covered(_ trigger: Trigger?, _ log: EventLog, isLive: Bool) throws -> Trigger? {
    guard !areKept, let trigger,
      let covered = trigger.covered(by: DataSecrets(SecretDigest(inboundOf: log)))
    else { return trigger }
    guard !isLive else {
      let names = Self.list(covered.names)
      throw Failure(
        "the input holds secrets (\(names)), and a recording keeps what a flow starts with. Run it on an "
          + "input without them, or with --keep-secrets, which leaves them in the log for good."
      )
    }
    Output.message(remark("The input", covered.names))
    return covered.data
  }
}
