internal import Audit
internal import EventStore
internal import NIOCore
internal import Values

/// Takes in what comes for hooks: checks who sends it, and answers when it is durable.
struct Receiver: Sendable {
  private let hooks: HookBook
  private let writer: DeliveryWriter
  private let clock: ServerClock
  private let tokens: TokenBook
  private let endpoints: Endpoints

  init(
    _ hooks: HookBook,
    _ tokens: TokenBook,
    _ writer: DeliveryWriter,
    _ clock: ServerClock,
    _ endpoints: Endpoints
  ) {
    self.hooks = hooks
    self.tokens = tokens
    self.writer = writer
    self.clock = clock
    self.endpoints = endpoints
  }

  /// The hook whose deliveries come in at a path; nil where there is none.
  func hook(at path: String) throws -> RegisteredHook? {
    try hooks.hook(atPath: path, at: clock.now)
  }

  /// Whether a request calls an API endpoint: by GET too, unless it is Okta's question.
  func isCall(_ request: DeliveryRequest, _ hook: RegisteredHook) -> Bool {
    hook.hook.takesCalls && request.fields[Self.challengeField] == nil
  }

  private static let challengeField = "x-okta-verification-challenge"

  /// Answers Okta's question, asked once, whether the address is the hook's.
  ///
  /// Source: Okta, "Event hooks": one-time verification request.
  func verify(_ request: DeliveryRequest, _ hook: RegisteredHook) async throws -> Reply {
    guard let challenge = request.fields[Self.challengeField] else {
      return Reply.wrongMethod("POST")
    }
    guard let refusal = try refusal(request, hook).error else {
      guard challenge.utf8.count <= 512, challenge.utf8.allSatisfy({ (32...126).contains($0) })
      else { return Reply.refusal(400, "the challenge is too long, or no plain text") }
      return .json(200, JSON.serialize(["verification": .text(Text(challenge))]))
    }
    return await refused(401, refusal.description, hook, request)
  }

  /// Appends a delivery; what is answered with success is durable.
  ///
  /// The body is read by `body`, of whoever may be believed.
  func receive(
    _ request: DeliveryRequest,
    _ hook: RegisteredHook,
    body: () async throws -> [UInt8]
  ) async throws -> Reply {
    var request = request
    // Whoever proves himself by the header alone need not send a body to be refused.
    let signs = hook.hook.proof.signs
    var (credential, refusal) = try signs ? (nil, nil) : self.refusal(request, hook)
    if let refusal { return await refused(401, refusal.description, hook, request) }
    do {
      request.body = try await body()
    } catch UntakenBody.cutOff {
      return Reply.refusal(UntakenBody.cutOff.status, UntakenBody.cutOff.description)
    } catch UntakenBody.busy {
      return Self.busy("too many bodies are being read")
    } catch let error as UntakenBody {
      return await refused(error.status, error.description, hook, request)
    }
    if signs { (credential, refusal) = try self.refusal(request, hook) }
    if let refusal { return await refused(401, refusal.description, hook, request) }
    if hook.hook.takesCalls { return try await call(request, hook, credential) }
    if let handshake = Self.handshake(request, hook) { return handshake }
    return try await append(Self.delivery(request, hook, credential), request)
  }

  /// Appends a delivery that came whole, where there is nothing else to be done; `answered` is told on `loop` when
  /// it is durable, or why it will not be.
  ///
  /// - Returns: Whether it is taken; otherwise nothing was done.
  func take(
    _ request: DeliveryRequest,
    _ hook: RegisteredHook,
    on loop: any EventLoop,
    answered: @escaping @Sendable (Result<Reply, any Error>) -> Void
  ) -> Bool {
    guard let (credential, refusal) = try? self.refusal(request, hook), refusal == nil,
      Self.handshake(request, hook) == nil
    else { return false }
    let delivery = Self.delivery(request, hook, credential)
    writer.append(delivery, on: loop) { result in
      guard case .failure(let error) = result else { return answered(.success(.done)) }
      guard !(error is DeliveryWriter.Busy) else { return answered(.success(Self.tooMany)) }
      Task {
        let reply: Result<Reply, any Error>
        do {
          reply = .success(try await self.reply(to: error, delivery, request))
        } catch { reply = .failure(error) }
        loop.execute { answered(reply) }
      }
    }
    return true
  }

  private static func handshake(_ request: DeliveryRequest, _ hook: RegisteredHook) -> Reply? {
    let isSlack = hook.hook.proof == .slack || hook.hook.format == .slack
    return isSlack ? slackHandshake(request.body) : nil
  }

  private static func delivery(
    _ request: DeliveryRequest,
    _ hook: RegisteredHook,
    _ credential: String?
  ) -> Delivery {
    let isForm = FormBody.isForm(request.fields["content-type"])
    return Delivery(
      hook: hook,
      credential: credential,
      sender: request.sender,
      body: isForm ? FormBody.json(request.body) : request.body
    )
  }

  /// Appends a call of an API endpoint, and answers it as its flow does.
  private func call(
    _ request: DeliveryRequest,
    _ hook: RegisteredHook,
    _ credential: String?
  ) async throws -> Reply {
    guard endpoints.budget.takes(hook.hook.name, at: clock.now) else {
      var reply = await refused(429, "it is called too often", hook, request)
      reply.fields.append(("retry-after", "1"))
      return reply
    }
    let call = CallerRequest.call(request, hook.hook, id: endpoints.newID())
    let caller = CallerAnswer()
    let delivery = Delivery(
      hook: hook,
      credential: credential,
      sender: request.sender,
      body: call.document
    )
    let reply = try await append(delivery, request, caller: caller)
    guard reply.status == Reply.done.status else { return reply }
    return Endpoints.reply(await caller.outcome(within: endpoints.patience))
  }

  private func append(
    _ delivery: Delivery,
    _ request: DeliveryRequest,
    caller: CallerAnswer? = nil
  ) async throws -> Reply {
    do {
      _ = try await writer.append(delivery, caller: caller).get()
      return .done
    } catch {
      return try await reply(to: error, delivery, request)
    }
  }

  /// The answer to a delivery that is not appended; throws what its sender has no part in.
  private func reply(
    to error: any Error,
    _ delivery: Delivery,
    _ request: DeliveryRequest
  ) async throws -> Reply {
    switch error {
    case let error as DeliveryIntake.Unreadable:
      return await refused(400, error.description, delivery.hook, request)
    case is DeliveryWriter.Busy: return Self.tooMany
    default: throw error
    }
  }

  /// Answers a request that is not taken in, when the refusal is in the log.
  private func refused(
    _ status: Int,
    _ reason: String,
    _ hook: RegisteredHook,
    _ request: DeliveryRequest
  ) async -> Reply {
    await writer.note(
      RefusedDelivery(
        hook: hook.hook.name,
        status: status,
        reason: reason,
        sender: request.sender,
        size: request.body.count
      )
    )
    // Whoever cannot prove who he is learns no more than that.
    var reply = Reply.refusal(status, status == 401 ? "this is not the hook's sender" : reason)
    if status == 401 { reply.fields.append(("www-authenticate", "Hook")) }
    return reply
  }

  private static var tooMany: Reply { busy("too many deliveries wait to be written") }

  private static func busy(_ reason: String) -> Reply {
    var reply = Reply.refusal(503, reason)
    reply.fields.append(("retry-after", "1"))
    return reply
  }

  private func refusal(
    _ request: DeliveryRequest,
    _ hook: RegisteredHook
  ) throws -> (credential: String?, error: DeliveryRefusal?) {
    let now = clock.now
    let access = DeliveryAccess(
      hook.hook,
      try hooks.credentials(at: now),
      tokens,
      at: now
    )
    do {
      return (try access.credential(of: request), nil)
    } catch let error as DeliveryRefusal {
      return (nil, error)
    }
  }

  /// The answer to Slack's question whether the address is ours; nil for any other request.
  ///
  /// Source: Slack, "url_verification".
  private static func slackHandshake(_ body: [UInt8]) -> Reply? {
    guard body.count < 4096, case .object(let members)? = try? JSON.parse(body),
      members["type"] == "url_verification", case .text(let challenge)? = members["challenge"]
    else { return nil }
    return .json(200, JSON.serialize(["challenge": .text(challenge)]))
  }
}
