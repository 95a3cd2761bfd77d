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
    guard program.hasSecrets else {
      self = .none
      return
    }
    let mapped = recording.steps.indices.compactMap { place in
      paths.mapped(recording.steps[place]).map { ($0.path, place) }
    }
    let places = Dictionary(mapped) { _, last in last }
    self.init { asked in
      guard let place = places[asked.path],
        asked.inputs.map({ $0 == alignment.translated(recording.steps[place].inputs) }) ?? true,
        alignment.translated(recording.steps[place].arguments) == asked.arguments
      else { return nil }
      return recording.coveredStep(place)
    }
  }
}
