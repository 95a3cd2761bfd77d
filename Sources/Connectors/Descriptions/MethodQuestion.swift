internal import Values

/// How a service is asked whether it has done a request.
struct MethodQuestion: Sendable {
  /// Clocks differ by less than this, in milliseconds.
  private static let tolerance: Int64 = 5_000

  let request: RequestTemplate
  /// Whether it was done if the service knows nothing of the thing.
  let isAbsence: Bool
  /// Where the thing stands in the answer, or the list that it may be in.
  let place: [Text]
  let path: [Text]
  /// What stands at the path once it was done, one of these; nil where it is enough that something
  /// does.
  let values: [BodyTemplate]?
  /// Where the thing says when it was made: what was there before the request is not its work.
  let made: [Text]?
  /// The status that the request itself would have had.
  let status: Int

  /// What the request made, in the answer to the question; nil where it is not there.
  func record(in body: Value, _ inputs: Object, since sent: Instant) -> Value? {
    let found = body.part(at: place)
    let candidates: [Value] = if case .list(let items) = found { items } else { [found] }
    return candidates.first { isIt($0, inputs, since: sent) }
  }

  private func isIt(_ candidate: Value, _ inputs: Object, since sent: Instant) -> Bool {
    let found = candidate.part(at: path)
    if let values {
      guard values.contains(where: { $0.value(inputs) == found }) else { return false }
    } else if found.isNull {
      return false
    }
    guard let made else { return true }
    guard case .text(let time) = candidate.part(at: made), let moment = Instant(iso8601: time)
    else {
      return false
    }
    return moment.milliseconds >= sent.milliseconds - Self.tolerance
  }
}
