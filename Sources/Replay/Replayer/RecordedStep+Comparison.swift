internal import Flows
internal import Values

extension RecordedStep {
  /// Which card it was, for a reader.
  var summary: Value { ["step": .text(path), "card": .text(address), "name": .text(name)] }

  /// Whether the steps are the same card at the same place of the same run.
  func isSameStep(as other: RecordedStep) -> Bool {
    path == other.path && address == other.address && card == other.card
      && execution == other.execution && ordinal == other.ordinal && name == other.name
  }

  /// Whether the steps are the same and were given the same.
  func beganLike(_ other: RecordedStep) -> Bool {
    isSameStep(as: other) && inputs == other.inputs && arguments == other.arguments
  }

  /// Whether the steps asked, called and gave the same.
  func endedLike(_ other: RecordedStep) -> Bool {
    guard requests.count == other.requests.count else { return false }
    for place in requests.indices
    where !requests[place].isSameRequest(as: other.requests[place]) { return false }
    return callees == other.callees && status == other.status && error == other.error
      && outputs == other.outputs
  }

  var calleeList: Value { .list(callees.map { .text($0) }) }
}

extension RecordedRequest {
  /// Whether the same was asked, whatever came back.
  func isSameRequest(as other: RecordedRequest) -> Bool {
    attempt == other.attempt && hash == other.hash && request == other.request
  }
}

extension RecordedExecution {
  /// What makes the execution the one it is.
  var identity: Value {
    [
      "id": .text(id), "flow": .text(flowID), "name": .text(flowName), "step": .text(callSite),
      "parent": parent.map { .text($0) } ?? .null, "root": .text(root),
      "index": index.map { Value(count: $0) } ?? .null,
      "carries": .list(carries.map { .text($0) }),
    ]
  }
}

extension RecordedError? {
  /// The error as flows see it and as the card raised it, with the step that failed; null where there
  /// is none.
  var shown: Value {
    guard let self else { return .null }
    return [
      "error": .object(self.value), "step": .text(self.path), "kind": .text(self.error.kind.name),
      "message": .text(self.error.message), "statusCode": .number(self.error.statusCode),
      "details": .object(self.error.details), "fatal": .boolean(self.isFatal),
    ]
  }
}

extension RecordedEnd? {
  /// How the execution ended, by which step, after how many.
  var status: Value {
    guard let self else { return .null }
    return [
      "status": .text(Text(self.status.rawValue)),
      "stoppedBy": self.stoppedBy.map { .text($0) } ?? .null, "steps": Value(count: self.stepCount),
    ]
  }
}

extension HTTPAnswer {
  /// The answer as one value.
  var value: Value { ["statusCode": statusCode, "headers": headers, "body": body] }
}

extension Text {
  /// Whether a step or call of this path contains the step of another path.
  func isCallSite(of path: Text) -> Bool {
    guard path.bytes.count > bytes.count, path.bytes.starts(with: bytes) else { return false }
    return [UInt8(ascii: "["), UInt8(ascii: ":"), UInt8(ascii: "/")]
      .contains(path.bytes[bytes.count])
  }
}
