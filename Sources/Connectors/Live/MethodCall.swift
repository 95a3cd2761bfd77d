internal import Flows
internal import Values

/// One request of a card while its service is asked: all pages of it, and what it needs beforehand.
struct MethodCall {
  let method: MethodDescription
  let request: ConnectorRequest
  let inputs: Object
  let settings: ConnectionSettings
  let builder: CallBuilder
  let scrubber: Scrubber
  let surroundings: Surroundings

  /// Asks the service.
  ///
  /// - Parameters:
  ///   - template: How.
  ///   - key: What the service recognises the request by, should it come twice.
  /// - Returns: What came of it, without credentials.
  func perform(_ template: RequestTemplate, key: Text) -> LiveReply {
    let began = surroundings.now()
    let reply = performed(template, key, since: began)
    return LiveReply(
      scrubber.clean(reply.answer),
      waitMilliseconds: reply.waitMilliseconds,
      isInDoubt: reply.isInDoubt,
      hasStatus: reply.hasStatus
    )
  }

  private func performed(
    _ template: RequestTemplate,
    _ key: Text,
    since began: Instant
  ) -> LiveReply {
    let effect = method.effect(inputs)
    let first = attempt(template, key)
    switch first {
    case .answered(let reply): return reply
    case .refused(let error, let wait, let isFromGateway):
      // A gateway that gave up does not know what became of the request behind it.
      guard isFromGateway, effect != .read else {
        return LiveReply(.failure(error), waitMilliseconds: wait)
      }
      return found(since: began) ?? LiveReply(.failure(error.asTimeout), isInDoubt: true)
    case .unnamed(let error): return LiveReply(.failure(error), hasStatus: false)
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
    /// The service said no, its answer could not be read, or nothing went out.
    case refused(CardError, wait: Double, isFromGateway: Bool)
    /// The service said no, with an error for which no status is known.
    case unnamed(CardError)
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
      case .unnamed(let card): return .unnamed(card)
      case .lookup(let card, let wait):
        return .refused(card, wait: wait, isFromGateway: false)
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
      case .card(let card, _), .lookup(let card, _), .unnamed(let card): throw scrubber.clean(card)
      case .transfer(let failure): throw scrubber.clean(failure.cardError)
      }
    }
  }
}

extension MethodCall {
  enum Failure: Error {
    case card(CardError, _ wait: Double)
    /// The service answered with an error for which no status is known.
    case unnamed(CardError)
    /// What was asked beforehand failed, so that nothing was done.
    case lookup(CardError, _ wait: Double)
    case transfer(TransferFailure)
  }

  func outputs<Result>(
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

  func sent(_ call: HTTPCall) throws(Failure) -> HTTPReply {
    do throws(TransferFailure) {
      return scrubber.clean(try settings.http.send(call))
    } catch {
      throw .transfer(error)
    }
  }

  func reader(_ call: HTTPCall) -> AnswerReader {
    AnswerReader(method: method, request: request, url: call.url)
  }

  private func withLookups() throws(Failure) -> Object {
    var inputs = inputs
    for lookup in method.lookups {
      let call = try built(lookup.request, inputs, [])
      let reply = try lookedUp(call)
      let reader = reader(call)
      if let failure = reader.failure(reply) { throw .lookup(failure, pause(reply)) }
      do throws(CardError) {
        inputs[lookup.name] = try reader.parsed(reply).part(at: lookup.path)
      } catch {
        throw .lookup(error, 0)
      }
    }
    return inputs
  }

  /// An answer to a look-up; whatever became of it, nothing was done.
  private func lookedUp(_ call: HTTPCall) throws(Failure) -> HTTPReply {
    do throws(TransferFailure) {
      return scrubber.clean(try settings.http.send(call))
    } catch {
      throw .transfer(error.withoutEffect)
    }
  }

  private func answer(_ call: HTTPCall, _ inputs: Object) throws(Failure) -> LiveReply {
    let reply = try sent(call)
    let reader = reader(call)
    if let failure = reader.failure(reply) {
      throw reader.namesStatus(reply) ? .card(failure, pause(reply)) : .unnamed(failure)
    }
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
  func pause(_ reply: HTTPReply) -> Double {
    [429, 503].contains(reply.status)
      ? RetryAfter.milliseconds(reply, now: surroundings.now()) : 0
  }
}

extension CardError {
  /// The same error as a time-out, which no card asks again after: who knows what became of it.
  fileprivate var asTimeout: CardError {
    CardError(kind: .timeout, message: message, statusCode: statusCode, details: details)
  }
}
