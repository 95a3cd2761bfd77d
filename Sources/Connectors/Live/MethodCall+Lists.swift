internal import Flows
internal import Values

/// The pages of a list.
extension MethodCall {
  /// More records are no list that a card takes in.
  private static let maximumRecords = 100_000
  /// How many bodies of the largest size all pages may have together.
  private static let maximumBodies = 16
  /// How long a step may take, in milliseconds; Okta documents ten minutes.
  private static let longestStep: Int64 = 600_000
  /// How often a page is asked for again that came too soon after the last.
  private static let maximumPauses = 5
  private static let maximumPause: Double = 120_000

  /// How many records the card wants; nil where its answer is not read as records.
  func wanted(_ rules: RecordRules) -> Int? {
    var selection = rules.usual
    if case .text(let choice) = inputs.input(rules.selection) {
      selection = RecordSelection(choice: choice) ?? selection
    }
    if request.streamsRecords { selection = .all }
    switch selection {
    case .first: return 1
    case .page: return rules.path.isEmpty && method.outputs.allSatisfy(\.isOfWhole) ? nil : 200
    case .all:
      for name in rules.limits {
        if case .number(let limit) = inputs.input(name), limit >= 1 {
          return Int(exactly: limit.rounded(.down)) ?? Self.maximumRecords
        }
      }
      return .max
    }
  }

  func records(
    from first: HTTPCall,
    _ reply: HTTPReply,
    _ rules: RecordRules,
    _ wanted: Int
  ) throws(Failure) -> [Value] {
    var call = first
    var reply = reply
    var records: [Value] = []
    var seen: Set<String> = [call.url.text]
    var size = 0
    let began = surroundings.now()
    while true {
      size += reply.body.count
      try checkBounds(size, since: began)
      let reader = reader(call)
      let page = try outputs { () throws(CardError) in try reader.records(reply, rules) }
      records += page
      if records.count >= wanted { return Array(records.prefix(wanted)) }
      guard records.count <= Self.maximumRecords else {
        throw .card(
          CardError(
            kind: .invalidInput,
            message: Text("The list has more than \(Self.maximumRecords) records.")
          ),
          0
        )
      }
      guard !page.isEmpty, let next = try next(after: reply, call, rules) else { return records }
      guard seen.insert(next).inserted else {
        throw .card(
          CardError(kind: .parseError, message: "The pages of the list lead in a circle."),
          0
        )
      }
      do throws(TransferFailure) {
        call = try builder.next(first, next)
      } catch {
        throw .transfer(error)
      }
      reply = try furtherPage(call)
    }
  }

  private func checkBounds(_ size: Int, since began: Instant) throws(Failure) {
    guard size <= Self.maximumBodies * settings.limits.bodySize else {
      throw .card(
        CardError(
          kind: .parseError,
          message: "The pages of the list have more bytes together than the connection allows."
        ),
        0
      )
    }
    guard surroundings.now().milliseconds - began.milliseconds <= Self.longestStep else {
      throw .card(CardError(kind: .timeout, message: "A step takes at most ten minutes."), 0)
    }
  }

  /// A further page; one that came too soon is asked for again when the service says.
  private func furtherPage(_ call: HTTPCall) throws(Failure) -> HTTPReply {
    var pauses = 0
    while true {
      let reply = try sent(call)
      guard let failure = reader(call).failure(reply) else { return reply }
      let wait = pause(reply)
      guard reply.status == 429, pauses < Self.maximumPauses, wait <= Self.maximumPause else {
        throw .card(failure, wait)
      }
      pauses += 1
      surroundings.sleep(max(wait, 1_000))
    }
  }

  private func next(
    after reply: HTTPReply,
    _ call: HTTPCall,
    _ rules: RecordRules
  ) throws(Failure) -> String? {
    switch rules.paging {
    case nil: return nil
    case .link:
      let fields = reply.fields.filter { $0.name == "link" }
      return fields.lazy.compactMap { LinkField.next($0.value) }.first
    case .url(let path):
      let reader = reader(call)
      let found = try outputs { () throws(CardError) in try reader.parsed(reply) }.part(at: path)
      guard case .text(let url) = found, !url.isEmpty else { return nil }
      return url.description
    case .cursor(let path, let parameter):
      let reader = reader(call)
      let found = try outputs { () throws(CardError) in try reader.parsed(reply) }.part(at: path)
      guard !found.isBlank else { return nil }
      return LinkField.replacing(parameter, with: found.written, in: call.url.text)
    }
  }
}

extension OutputRule {
  /// Whether the rule is about an answer as it came, whatever is in it.
  fileprivate var isOfWhole: Bool {
    [.status, .headers, .body, .text, .file, .fileName, .size].contains(source)
  }
}
