internal import Flows
internal import Values

/// One request of a card while its service is asked: all pages of it, and what it needs beforehand.
struct MethodCall {
  /// More records are no list that a card takes in.
  private static let maximumRecords = 100_000
  /// How many bodies of the largest size all pages may have together.
  private static let maximumBodies = 16
  /// How long a step may take, in milliseconds; Okta documents ten minutes.
  private static let longestStep: Int64 = 600_000
  /// How often a page is asked for again that came too soon after the last.
  private static let maximumPauses = 5
  private static let maximumPause: Double = 120_000

  let method: MethodDescription
  let request: ConnectorRequest
  let inputs: Object
  let settings: ConnectionSettings
  let builder: CallBuilder
  let scrubber: Scrubber
  let surroundings: Surroundings

  private var http: HTTPClient {
    HTTPClient(
      addresses: settings.addresses,
      limits: settings.limits,
      certificates: settings.certificates
    )
  }

  /// Asks the service.
  ///
  /// - Parameters:
  ///   - template: How.
  ///   - key: What the service recognises the request by, should it come twice.
  func perform(_ template: RequestTemplate, key: Text) -> LiveReply {
    let began = surroundings.now()
    let reply = performed(template, key, since: began)
    return LiveReply(
      scrubber.clean(reply.answer),
      waitMilliseconds: reply.waitMilliseconds,
      isInDoubt: reply.isInDoubt
    )
  }

  private func performed(
    _ template: RequestTemplate,
    _ key: Text,
    since began: Instant
  ) -> LiveReply {
    let effect = effect(of: template)
    let first = attempt(template, key)
    switch first {
    case .answered(let reply): return reply
    case .refused(let error, let wait, let isFromGateway):
      // A gateway that gave up does not know what became of the request behind it.
      guard isFromGateway, effect != .read else {
        return LiveReply(.failure(error), waitMilliseconds: wait)
      }
      return found(since: began) ?? LiveReply(.failure(error), isInDoubt: true)
    case .cut(let failure):
      if effect.mayBeSentAgain, failure.reason == .cut,
        case .answered(let reply) = attempt(template, key)
      {
        return reply
      }
      if effect == .read { return LiveReply(.failure(failure.cardError)) }
      return found(since: began) ?? LiveReply(.failure(failure.cardError), isInDoubt: true)
    }
  }

  /// What a service that can be asked says it has done; nil where it says nothing of the kind, which
  /// may change yet.
  private func found(since began: Instant) -> LiveReply? {
    guard let question = method.question else { return nil }
    do throws(CardError) {
      return try ask(question, since: began).map {
        LiveReply(.outputs(ConnectorAnswer(outputs: $0)))
      }
    } catch {
      return nil
    }
  }

  /// What came of sending a request once.
  private enum Attempt {
    case answered(LiveReply)
    /// The service said no, or nothing went out.
    case refused(CardError, wait: Double, isFromGateway: Bool)
    /// It went out, and nothing whole came back.
    case cut(TransferFailure)
  }

  private func attempt(_ template: RequestTemplate, _ key: Text) -> Attempt {
    do throws(Failure) {
      let inputs = try withLookups()
      let extra = method.keyField.map { [HTTPField(name: $0, value: key.description)] } ?? []
      return .answered(try answer(try built(template, inputs, extra), inputs))
    } catch {
      switch error {
      case .card(let card, let wait):
        let isFromGateway = [502, 504].contains(card.statusCode)
        return .refused(card, wait: wait, isFromGateway: isFromGateway)
      case .transfer(let failure):
        return failure.mayHaveHappened
          ? .cut(failure) : .refused(failure.cardError, wait: 0, isFromGateway: false)
      }
    }
  }

  /// Asks whether the service has done a request; its outputs then, nil where it has not.
  ///
  /// - Throws: `CardError` where the service does not say.
  func ask(
    _ question: MethodQuestion,
    since sent: Instant
  ) throws(CardError) -> Object? {
    do throws(Failure) {
      let call = try built(question.request, inputs, [])
      let reply = try self.sent(call)
      let reader = reader(call)
      let done = HTTPReply(status: question.status, fields: reply.fields, body: reply.body)
      if reply.status == 404 || reply.status == 410 {
        guard question.isAbsence else { return nil }
        return try outputs { () throws(CardError) in try reader.outputs(done, subject: .null) }
      }
      if let failure = reader.failure(reply) { throw Failure.card(failure, 0) }
      guard !question.isAbsence else { return nil }
      let body = try outputs { () throws(CardError) in try reader.parsed(reply) }
      guard let record = question.record(in: body, inputs, since: sent) else { return nil }
      return try outputs { () throws(CardError) in try reader.outputs(done, subject: record) }
    } catch {
      switch error {
      case .card(let card, _): throw scrubber.clean(card)
      case .transfer(let failure): throw scrubber.clean(failure.cardError)
      }
    }
  }

  /// What sending the request twice does.
  func effect(of template: RequestTemplate) -> DeclaredEffect {
    method.effect
      ?? DeclaredEffect(verb: template.verb.text(inputs) { $0 }.description.uppercased())
  }
}

extension MethodCall {
  private enum Failure: Error {
    case card(CardError, _ wait: Double)
    case transfer(TransferFailure)
  }

  private func outputs<Result>(
    _ read: () throws(CardError) -> Result
  ) throws(Failure) -> Result {
    do throws(CardError) { return try read() } catch { throw .card(error, 0) }
  }

  private func built(
    _ template: RequestTemplate,
    _ inputs: Object,
    _ extra: [HTTPField]
  ) throws(Failure) -> HTTPCall {
    do throws(TransferFailure) {
      return try builder.call(template, inputs, extra: extra)
    } catch {
      throw .transfer(error)
    }
  }

  private func sent(_ call: HTTPCall) throws(Failure) -> HTTPReply {
    do throws(TransferFailure) {
      return scrubber.clean(try http.send(call))
    } catch {
      throw .transfer(error)
    }
  }

  private func reader(_ call: HTTPCall) -> AnswerReader {
    AnswerReader(method: method, request: request, host: call.url.host)
  }

  private func withLookups() throws(Failure) -> Object {
    var inputs = inputs
    for lookup in method.lookups {
      let call = try built(lookup.request, inputs, [])
      let reply = try lookedUp(call)
      let reader = reader(call)
      if let failure = reader.failure(reply) { throw .card(failure, pause(reply)) }
      let body = try outputs { () throws(CardError) in try reader.parsed(reply) }
      inputs[lookup.name] = body.part(at: lookup.path)
    }
    return inputs
  }

  /// An answer to a look-up; whatever became of it, nothing was done.
  private func lookedUp(_ call: HTTPCall) throws(Failure) -> HTTPReply {
    do throws(TransferFailure) {
      return scrubber.clean(try http.send(call))
    } catch {
      throw .transfer(error.withoutEffect)
    }
  }

  private func answer(_ call: HTTPCall, _ inputs: Object) throws(Failure) -> LiveReply {
    let reply = try sent(call)
    let reader = reader(call)
    if let failure = reader.failure(reply) { throw .card(failure, pause(reply)) }
    guard let rules = method.records, let wanted = wanted(rules) else {
      let found = try outputs { () throws(CardError) in try reader.outputs(reply) }
      return LiveReply(.outputs(ConnectorAnswer(outputs: found)))
    }
    let records = try self.records(from: call, reply, rules, wanted)
    let found = try outputs { () throws(CardError) in
      try reader.outputs(reply, records: records)
    }
    return LiveReply(
      .outputs(
        ConnectorAnswer(outputs: found, records: request.streamsRecords ? records : [])
      )
    )
  }

  /// How many milliseconds a refused request is to wait.
  private func pause(_ reply: HTTPReply) -> Double {
    [429, 503].contains(reply.status)
      ? RetryAfter.milliseconds(reply, now: surroundings.now()) : 0
  }
}

// MARK: - Lists

extension MethodCall {
  /// How many records the card wants; nil where its answer is not read as records.
  private func wanted(_ rules: RecordRules) -> Int? {
    var selection = rules.usual
    if case .text(let choice)? = inputs[rules.selection] {
      selection = RecordSelection(choice: choice) ?? selection
    }
    if request.streamsRecords { selection = .all }
    switch selection {
    case .first: return 1
    case .page: return rules.path.isEmpty && method.outputs.allSatisfy(\.isOfWhole) ? nil : 200
    case .all:
      for name in rules.limits {
        if case .number(let limit)? = inputs[name], limit >= 1 {
          return Int(exactly: limit.rounded(.down)) ?? Self.maximumRecords
        }
      }
      return .max
    }
  }

  private func records(
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
      guard !page.isEmpty, let next = try next(after: reply, call, rules),
        seen.insert(next).inserted
      else { return records }
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
  fileprivate var isOfWhole: Bool { [.status, .headers, .body, .text].contains(source) }
}
