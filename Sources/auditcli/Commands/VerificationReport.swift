internal import EventStore
internal import Values

/// What `verify` tells, as it travels from the reading process to the reporting one.
struct VerificationReport {
  /// One thing that is wrong.
  struct Finding {
    var kind: String
    var position: UInt64?
    var detail: String
  }

  var events: UInt64 = 0
  var root = ""
  var problems: [Finding] = []
}

extension VerificationReport {
  init(_ verification: Verification) {
    events = verification.events
    root = verification.root.map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
    problems = verification.problems.map {
      Finding(kind: $0.kind.rawValue, position: $0.position?.rawValue, detail: $0.detail)
    }
  }

  /// The line of JSON: ok, events, root, anchored, problems.
  var json: Object {
    [
      "ok": .boolean(problems.isEmpty), "events": .number(Double(events)),
      "root": .text(Text(root)), "anchored": .null,
      "problems": .list(
        problems.map { problem in
          [
            "kind": .text(Text(problem.kind)),
            "position": problem.position.map { .number(Double($0)) } ?? .null,
            "detail": .text(Text(problem.detail)),
          ]
        }
      ),
    ]
  }

  /// Reads the line of JSON back; nil where it is another line.
  init?(_ object: Object) {
    guard case .number(let events)? = object["events"], case .text(let root)? = object["root"],
      case .list(let problems)? = object["problems"]
    else { return nil }
    self.events = UInt64(events)
    self.root = root.description
    for case .object(let problem) in problems {
      guard case .text(let kind)? = problem["kind"], case .text(let detail)? = problem["detail"]
      else { continue }
      var position: UInt64?
      if case .number(let number)? = problem["position"] { position = UInt64(number) }
      self.problems.append(
        Finding(kind: kind.description, position: position, detail: detail.description)
      )
    }
  }
}
