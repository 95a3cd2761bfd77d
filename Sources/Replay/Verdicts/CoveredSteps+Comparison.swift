internal import Flows
internal import Values

extension CoveredSteps {
  /// What a recording tells of the steps that were computed from secrets, for another version: a step at the
  /// same place that was given the same.
  ///
  /// What nobody recorded is unknown; a secret that changed has another digest, and so counts as another input.
  init(
    _ recording: Recording,
    _ paths: PathMap,
    _ alignment: Alignment,
    for program: Program
  ) {
    self.init([(recording, paths, alignment)], for: program)
  }

  /// The same of the first of several recordings that has such a step; secrets that were replaced count as the same
  /// input.
  init(
    _ recordings: [(recording: Recording, paths: PathMap, alignment: Alignment)],
    for program: Program,
    _ names: CoverNames = CoverNames()
  ) {
    guard program.hasSecrets else {
      self = .none
      return
    }
    let known = recordings.map { RecordedInputs($0.recording, $0.paths, $0.alignment, names) }
    self.init { asked in known.lazy.compactMap { $0.step(asked) }.first }
  }
}

/// The steps of a recording by their places in another version.
private struct RecordedInputs: Sendable {
  private let recording: Recording
  private let alignment: Alignment
  private let names: CoverNames
  private let places: [Text: Int]

  init(_ recording: Recording, _ paths: PathMap, _ alignment: Alignment, _ names: CoverNames) {
    self.recording = recording
    self.alignment = alignment
    self.names = names
    let mapped = recording.steps.indices.compactMap { place in
      paths.mapped(recording.steps[place]).map { ($0.path, place) }
    }
    places = Dictionary(mapped) { _, last in last }
  }

  /// The step at a place that was given the same.
  func step(_ asked: CoveredSteps.Place) -> CoveredStep? {
    guard let place = places[asked.path],
      asked.inputs.map({ isSame(recording.steps[place].inputs, $0) }) ?? true,
      isSame(recording.steps[place].arguments, asked.arguments)
    else { return nil }
    return recording.coveredStep(place)
  }

  private func isSame(_ recorded: Object, _ asked: Object) -> Bool {
    let translated = alignment.translated(recorded)
    return translated == asked
      || names.comparable(.object(translated)) == names.comparable(.object(asked))
  }
}
