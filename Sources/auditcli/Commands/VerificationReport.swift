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

  /// A root that somebody kept outside the store, beside what the events give.
  struct Kept {
    var size: UInt64
    var given: String
    /// Nil where the log has not so many events.
    var derived: String?

    /// Whether the first events are those whose root was kept.
    var holds: Bool { given == derived }
  }

  var events: UInt64 = 0
  var root = ""
  var kept: Kept?
  var problems: [Finding] = []
}

extension VerificationReport {
  /// - Parameters:
  ///   - verification: What the log found.
  ///   - kept: The root that was kept outside, as hexadecimal digits.
  ///   - size: The number of events it is of; nil means all.
  init(_ verification: Verification, kept: String?, size: UInt64?) {
    events = verification.events
    root = Self.digits(verification.root)
    self.kept = kept.map { given in
      Kept(
        size: size ?? verification.events,
        given: given,
        derived: size == nil ? root : verification.earlierRoot.map(Self.digits)
      )
    }
    problems = verification.problems.map {
      Finding(kind: $0.kind.rawValue, position: $0.position?.rawValue, detail: $0.detail)
    }
  }

  /// - Parameter damage: What keeps the file's pages from being read.
  init(damage: String) {
    problems = [
      Finding(
        kind: "corrupt",
        position: nil,
        detail: "the file's pages are damaged: \(damage). Restore a backup."
      )
    ]
  }

  private static func digits(_ hash: [UInt8]) -> String {
    Hexadecimal.encode(hash).description
  }

  /// The positions whose events could not be read, ascending.
  var gaps: [UInt64] {
    let unreadable = problems.filter { $0.kind == Problem.Kind.unreadableEvent.rawValue }
    return Set(unreadable.compactMap(\.position)).sorted()
  }

  /// The newest position that a kept root vouches for.
  var anchored: UInt64? {
    guard problems.isEmpty, let kept, kept.holds, kept.size > 0 else { return nil }
    return kept.size - 1
  }

  /// What the exit status tells: a problem or another root, a kept root that holds, or neither.
  var status: ExitStatus {
    guard problems.isEmpty, kept?.holds ?? true else { return .found }
    return kept == nil ? .unanchored : .done
  }

  /// The line of JSON: ok, events, root, anchored, problems, and the kept root where one was given.
  var json: Object {
    var line: Object = [
      "ok": .boolean(problems.isEmpty && kept?.holds ?? true),
      "events": .number(Double(events)), "root": .text(Text(root)),
      "anchored": anchored.map { .number(Double($0)) } ?? .null,
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
    line["kept"] = kept.map { .object($0.json) }
    return line
  }

  /// Reads the line of JSON back; nil where it is another line.
  init?(_ object: Object) {
    guard case .number(let events)? = object["events"], case .text(let root)? = object["root"],
      case .list(let problems)? = object["problems"]
    else { return nil }
    self.events = UInt64(events)
    self.root = root.description
    if case .object(let kept)? = object["kept"] { self.kept = Kept(kept) }
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

extension VerificationReport.Kept {
  fileprivate var json: Object {
    [
      "size": .number(Double(size)), "given": .text(Text(given)),
      "derived": derived.map { .text(Text($0)) } ?? .null,
    ]
  }

  fileprivate init?(_ object: Object) {
    guard case .number(let size)? = object["size"], case .text(let given)? = object["given"] else {
      return nil
    }
    self.init(size: UInt64(size), given: given.description)
    if case .text(let derived)? = object["derived"] { self.derived = derived.description }
  }
}
