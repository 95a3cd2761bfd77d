internal import Replay
internal import Values

/// What an answer about a suite rests on.
struct SuiteCoverage {
  let folder: String
  private let recordings: Int
  private let digest: Text

  init(folder: String, _ suite: Suite) {
    self.folder = folder
    recordings = suite.executions.count
    digest = suite.digest
  }

  /// Writes the coverage behind an answer: as its last line of JSON, or as a message.
  func write(json: Bool) {
    guard json else { return Output.message(Style.faint(sentence)) }
    let suite: Object = [
      "folder": .text(Text(folder)), "recordings": .number(Double(recordings)),
      "sha256": .text(digest),
    ]
    Output.json(["coverage": ["suite": .object(suite)]])
  }

  /// The coverage as a message tells it.
  var sentence: String {
    let what = recordings == 1 ? "the 1 recording" : "the \(recordings) recordings"
    return "Covers \(what) of the suite \(folder), whose list of files has the SHA-256 \(digest)."
  }
}
