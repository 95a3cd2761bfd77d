/// Why an export does not load: the file, the place in it, what is wrong and what to do.
public struct FlowLoadError: Error, Hashable, Sendable {
  /// Where the export came from: a file's name.
  public let source: String
  /// The place in the file, such as `data.flos.ID.data.methods[3].pins`; empty for the whole file.
  public let place: String
  /// What is wrong.
  public let problem: FlowLoadProblem

  /// Makes an error.
  public init(source: String, place: String, problem: FlowLoadProblem) {
    self.source = source
    self.place = place
    self.problem = problem
  }
}

extension FlowLoadError: CustomStringConvertible {
  /// The file, the place, the problem and the remedy on one line.
  public var description: String {
    let location = place.isEmpty ? source : "\(source): \(place)"
    return "\(location): \(problem.description). \(problem.remedy)"
  }
}
