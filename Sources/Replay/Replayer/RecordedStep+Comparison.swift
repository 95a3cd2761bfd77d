internal import Flows
internal import Values

extension RecordedStep {
  /// Which card it was, for a reader.
  var summary: Value { ["step": .text(path), "card": .text(address), "name": .text(name)] }

  var calleeList: Value { .list(callees.map { .text($0) }) }
}

extension RecordedExecution {
  /// What makes the execution the one it is.
  var identity: Value {
    ["id": .text(id), "flow": .text(flowID), "step": .text(callSite)]
  }
}

extension RecordedError? {
  /// The error as flows see it, with the step that failed; null where there is none.
  var shown: Value {
    guard let self else { return .null }
    return ["error": .object(self.value), "step": .text(self.path)]
  }
}

extension RecordedEnd? {
  var status: Value { self.map { .text(Text($0.status.rawValue)) } ?? .null }
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
