internal import Flows
internal import Values

extension Recording {
  /// What the recording tells of the steps that were computed from secrets, for a run of the same version
  /// without them.
  var coveredSteps: CoveredSteps {
    let places = placesByOrdinal()
    let recording = self
    return CoveredSteps { place in
      guard places.indices.contains(place.ordinal), let found = places[place.ordinal],
        recording.steps[found].path == place.path
      else { return nil }
      return recording.coveredStep(found)
    }
  }

  /// What a run without the secrets needs of the step at a place.
  func coveredStep(_ place: Int) -> CoveredStep {
    let step = steps[place]
    return CoveredStep(
      status: step.status,
      inputs: step.inputs,
      outputs: step.outputs,
      error: step.error.flatMap { $0.path == step.path ? $0.error : nil },
      callCount: step.callees.count,
      arm: arm(of: place)
    )
  }

  /// The arm of a container that ran: that of the first step in it, which began next.
  private func arm(of place: Int) -> Text? {
    let step = steps[place]
    guard step.address == "control:branch", steps.indices.contains(place + 1) else { return nil }
    let inner = steps[place + 1].path.bytes
    let beginning = step.path.bytes + [UInt8(ascii: ":")]
    guard inner.starts(with: beginning) else { return nil }
    return Text(wtf8: Array(inner[beginning.count...].prefix { $0 != UInt8(ascii: "/") }))
  }

  /// The recording of a replay, with the requests that only cards with secrets make: the cards did not run.
  consuming func takingCoveredRequests(of recorded: Recording) -> Recording {
    var replayed = self
    let places = recorded.placesByOrdinal()
    for place in replayed.steps.indices where replayed.steps[place].requests.isEmpty {
      let step = replayed.steps[place]
      guard places.indices.contains(step.ordinal), let found = places[step.ordinal] else {
        continue
      }
      let requests = recorded.steps[found].requests
      guard !requests.isEmpty, recorded.steps[found].path == step.path,
        requests.allSatisfy(\.request.isCoveredRequest)
      else { continue }
      replayed.steps[place] = step.with(requests)
    }
    return replayed
  }
}

extension RecordedStep {
  fileprivate func with(_ requests: [RecordedRequest]) -> RecordedStep {
    RecordedStep(
      ordinal: ordinal,
      execution: execution,
      path: path,
      card: card,
      address: address,
      name: name,
      status: status,
      inputs: inputs,
      arguments: arguments,
      outputs: outputs,
      error: error,
      requests: requests,
      callees: callees
    )
  }
}
