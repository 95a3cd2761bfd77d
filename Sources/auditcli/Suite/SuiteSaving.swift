internal import Audit
internal import EventStore
internal import Flows
internal import Replay
internal import Values

/// Recordings of a log that are saved into a folder of their own.
struct SuiteSaving {
  let folder: SuiteFolder
  let json: Bool

  /// Saves the recordings that can be run again, and tells of the rest.
  ///
  /// - Throws: `Failure` where there is none; what writing the folder throws.
  func save(_ executions: [Text], of log: EventLog) throws {
    let programs = RecordedPrograms(log)
    var writer = SuiteWriter(log) { try programs.program(hash: $0).closure }
    var leftOut: [SkipReason: Int] = [:]
    var known: Set<Text> = []
    for execution in executions where known.insert(execution).inserted {
      guard let recording = try RecordingReader(log).recording(of: execution) else {
        leftOut[.observed, default: 0] += 1
        continue
      }
      if let reason = recording.skipReason {
        leftOut[reason, default: 0] += 1
      } else {
        try writer.add(recording)
      }
    }
    guard writer.count > 0 else {
      tell(leftOut)
      throw Failure("there is no recording to save that can be run again; nothing was written.")
    }
    let files = try writer.files()
    try folder.replace(with: files)
    write(writer, files, leftOut)
  }

  private func write(_ writer: SuiteWriter, _ files: [SuiteFile], _ leftOut: [SkipReason: Int]) {
    let size = files.reduce(0) { $0 + $1.bytes.count }
    guard !json else {
      let saved: Object = [
        "folder": .text(Text(folder.path)), "recordings": .number(Double(writer.count)),
        "flows": .number(Double(writer.flowCount)), "files": .number(Double(files.count)),
        "bytes": .number(Double(size)), "leftOut": SkipReason.counts(leftOut),
      ]
      return Output.json(["saved": .object(saved)])
    }
    let recordings = writer.count == 1 ? "1 recording" : "\(writer.count) recordings"
    let flows = writer.flowCount == 1 ? "1 flow version" : "\(writer.flowCount) flow versions"
    Output.line("Saved \(recordings) of \(flows) in \(folder.path): \(size) bytes.")
    tell(leftOut)
  }

  private func tell(_ leftOut: [SkipReason: Int]) {
    for reason in SkipReason.allCases {
      if let count = leftOut[reason] { Output.message("\(count) left out: \(reason.sentence)") }
    }
  }
}
