public import Flows
public import Values

/// The way from a card to its service: a description and a connection.
public struct LiveRoute: Sendable {
  let entry: ConnectorCatalog.Entry
  let settings: ConnectionSettings
  let tokens: TokenCache
  let surroundings: Surroundings
  /// The secrets of flows, and what was computed from them, to be kept out of answers.
  var flowSecrets: [String] = []

  /// The same way, which keeps texts out of what it answers: those that a request was computed of.
  public func hiding(_ texts: [Text]) -> LiveRoute {
    var route = self
    route.flowSecrets += texts.map(\.description)
    return route
  }

  /// What sending a request twice does.
  public func effect(of request: ConnectorRequest) -> DeclaredEffect {
    let inputs = Self.inputs(of: request)
    return way(inputs)?.effect(inputs) ?? .unsafe
  }

  /// Asks the service and waits for what it answers; never longer than the connection allows, for
  /// each page of a list.
  ///
  /// - Parameters:
  ///   - request: What the card asks.
  ///   - key: What a service that takes keys recognises the request by, should it come twice.
  /// - Returns: The answer, or the error that the card fails with; no credential is in either.
  public func perform(_ request: ConnectorRequest, key: Text) -> LiveReply {
    let inputs = Self.inputs(of: request)
    guard let way = way(inputs) else { return Self.noWay(request) }
    switch way.action {
    case .mail(let template):
      return MailCall(
        method: way,
        request: request,
        inputs: inputs,
        settings: settings,
        scrubber: scrubber,
        now: surroundings.now()
      ).perform(template, key: key)
    case .http(let template):
      do throws(TransferFailure) {
        let reply = try call(way, request, inputs).perform(template, key: key)
        // A token that the service no longer takes is asked for anew, should the card ask again.
        if case .failure(let error) = reply.answer, error.statusCode == 401,
          case .client(let client) = settings.credential
        {
          tokens.forget(client.label)
        }
        return reply
      } catch {
        return LiveReply(.failure(error.cardError))
      }
    }
  }

  /// Asks the service whether it has done a request.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - sent: When it went out, so that what was there before is not taken for its work.
  /// - Returns: The answer that the request would have had; nil where it was not done.
  /// - Throws: `CardError` where the service does not say.
  public func ask(
    about request: ConnectorRequest,
    sentAt sent: Instant
  ) throws(CardError) -> Answer? {
    let inputs = Self.inputs(of: request)
    guard let way = way(inputs), let question = way.question else { return nil }
    let call: MethodCall
    do throws(TransferFailure) {
      call = try self.call(way, request, inputs)
    } catch {
      throw error.cardError
    }
    return try call.ask(question, since: sent).map { .outputs(ConnectorAnswer(outputs: $0)) }
  }

  private func call(
    _ way: MethodDescription,
    _ request: ConnectorRequest,
    _ inputs: Object
  ) throws(TransferFailure) -> MethodCall {
    var token: Secret?
    if case .client(let client) = settings.credential {
      token = try TokenRequest(
        settings: settings,
        client: client,
        cache: tokens,
        now: surroundings.now()
      ).token()
    }
    return MethodCall(
      method: way,
      request: request,
      inputs: inputs,
      settings: settings,
      builder: CallBuilder(description: entry.connector, settings: settings, token: token),
      scrubber: scrubber,
      surroundings: surroundings
    )
  }

  private var scrubber: Scrubber {
    var secrets = (settings.secrets + tokens.secrets).map(\.revealed) + flowSecrets
    if case .basic(let user, let password) = settings.credential {
      secrets.append("\(user):\(password.revealed)")
    }
    return Scrubber(secrets)
  }

  private func way(_ inputs: Object) -> MethodDescription? {
    entry.ways.first { $0.holds(for: inputs) }
  }

  private static func noWay(_ request: ConnectorRequest) -> LiveReply {
    LiveReply(
      .failure(
        CardError(
          kind: .invalidInput,
          message: Text("The description of \(request.method) has no way for these options.")
        )
      )
    )
  }

  /// Options and inputs by the names under which histories show them.
  private static func inputs(of request: ConnectorRequest) -> Object {
    var inputs = Object()
    for (key, value) in request.options {
      inputs[FieldName(group: "parameters", key: key).text] = value
    }
    for (name, value) in request.inputs { inputs[name] = value }
    return inputs
  }
}
