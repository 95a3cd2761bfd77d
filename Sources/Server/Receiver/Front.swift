internal import Audit
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import NIOCore

/// Answers HTTP requests: finds whom one is for, and keeps it within bounds.
struct Front: HTTPResponder {
  /// What is known of a request's connection.
  struct Context: RequestContext {
    var coreContext: CoreRequestContextStorage
    let sender: String

    init(source: ApplicationRequestContextSource) {
      coreContext = .init(source: source)
      sender = Front.sender(source.channel)
    }
  }

  /// The address and port of whom a connection is with.
  static func sender(_ channel: any Channel) -> String {
    guard let address = channel.remoteAddress, let host = address.ipAddress else {
      return "unknown"
    }
    return "\(host):\(address.port ?? 0)"
  }

  private let receiver: Receiver
  private let operations: Operations
  private let systemLog: SystemLogDoor
  private let meter: ServerMeter
  private let bodies = BodyBudget()
  private let report: @Sendable (any Error) -> Void
  private let note: (@Sendable (RequestNote) -> Void)?

  /// Answers by `receiver`, `operations` and `systemLog`; `note`, where somebody wants it, is told of each answer.
  init(
    _ receiver: Receiver,
    _ operations: Operations,
    _ systemLog: SystemLogDoor,
    _ meter: ServerMeter,
    report: @escaping @Sendable (any Error) -> Void,
    note: (@Sendable (RequestNote) -> Void)?
  ) {
    self.receiver = receiver
    self.operations = operations
    self.systemLog = systemLog
    self.meter = meter
    self.report = report
    self.note = note
  }

  /// The longest body.
  static let bodyLimit = 1 << 20
  /// How long a body may take to arrive.
  static let bodyTime = Duration.seconds(10)

  func respond(to request: Request, context: Context) async throws -> Response {
    let start = note.map { _ in ContinuousClock.now }
    // Addresses that nobody serves are not told apart: there is no end to them.
    var route = "unknown"
    let reply: Reply
    do {
      reply = try await self.reply(to: request, context, &route)
    } catch {
      reply = failed(error)
    }
    tell(reply, of: request.method.rawValue, route, since: start)
    return request.method == .head ? reply.response.createHeadResponse() : reply.response
  }

  private func failed(_ error: any Error) -> Reply {
    report(error)
    return Reply.refusal(500, "this could not be done; send it again")
  }

  /// Counts an answer, and tells whoever wants it of it.
  private func tell(
    _ reply: Reply,
    of method: String,
    _ route: String,
    since start: ContinuousClock.Instant?
  ) {
    meter.count(ServerMeter.Route(name: route, status: reply.status))
    guard let note, let start else { return }
    note(
      RequestNote(
        route: route,
        method: method,
        status: reply.status,
        microseconds: (ContinuousClock.now - start).microseconds
      )
    )
  }

  private func reply(
    to request: Request,
    _ context: Context,
    _ route: inout String
  ) async throws -> Reply {
    let path = request.uri.path
    if let operation = Operations.Route(rawValue: path) {
      route = path
      return try await operations.reply(
        to: operation,
        method: request.method.rawValue,
        authorization: request.headers[.authorization]
      )
    }
    if path == SystemLogAPI.path {
      route = path
      return try await systemLog.answer(SystemLogRequest(request, sender: context.sender))
    }
    guard let hook = try receiver.hook(at: path) else {
      return Reply.refusal(404, "there is nothing here")
    }
    route = "hook:" + hook.hook.name
    let received = DeliveryRequest(request, sender: context.sender)
    switch request.method {
    case .get where !receiver.isCall(received, hook):
      return try await receiver.verify(received, hook)
    case .get, .post:
      return try await receiver.receive(received, hook) { try await body(of: request) }
    default:
      let methods = hook.hook.takesCalls ? "GET, POST" : "POST"
      return Reply.wrongMethod(methods)
    }
  }
}

// MARK: - Short way

extension Front {
  /// The hook that a request is a delivery for, where nothing but its body is asked of it; nil for any other.
  func shortHook(of head: PlainHead) -> RegisteredHook? {
    guard head.isPost, !head.asksMore, let hook = try? receiver.hook(at: head.path),
      !hook.hook.takesCalls
    else { return nil }
    return hook
  }

  /// Takes in a delivery where that is all there is to do; `answered` is told on `loop` when it is durable, or when it is
  /// known that it never will be.
  ///
  /// - Returns: Whether it is taken; nothing was done otherwise.
  func take(
    _ request: DeliveryRequest,
    _ hook: RegisteredHook,
    on loop: any EventLoop,
    answered: @escaping @Sendable (Reply) -> Void
  ) -> Bool {
    let start = note.map { _ in ContinuousClock.now }
    return receiver.take(request, hook, on: loop) { result in
      let reply: Reply
      switch result {
      case .success(let made): reply = made
      case .failure(let error): reply = failed(error)
      }
      tell(reply, of: request.method, "hook:" + hook.hook.name, since: start)
      answered(reply)
    }
  }
}

// MARK: - Bodies

extension Front {
  private func body(of request: Request) async throws -> [UInt8] {
    if let coding = request.headers[.contentEncoding], coding.lowercased() != "identity" {
      throw UntakenBody.compressed
    }
    let length = request.headers[.contentLength].flatMap { Int($0) } ?? 0
    guard length <= Self.bodyLimit else { throw UntakenBody.tooLong(limit: Self.bodyLimit) }
    // Who sends nothing at all is cut off as an idle connection is.
    let clock = ContinuousClock()
    let end = clock.now + Self.bodyTime
    var bytes: [UInt8] = []
    // Grown by halves it would take up to twice as much; what is not written to takes nothing.
    if length > 0 { bytes.reserveCapacity(length) }
    var held = 0
    // Behind this the delivery's own bound counts it.
    defer { bodies.giveBack(held) }
    var parts = request.body.makeAsyncIterator()
    while let part = try await next(&parts) {
      guard bytes.count + part.readableBytes <= Self.bodyLimit else {
        throw UntakenBody.tooLong(limit: Self.bodyLimit)
      }
      guard clock.now < end else { throw UntakenBody.tooSlow }
      let more = max(0, bytes.count + part.readableBytes - BodyBudget.free) - held
      guard bodies.take(more) else { throw UntakenBody.busy }
      held += more
      bytes.append(contentsOf: part.readableBytesView)
    }
    return bytes
  }
}

extension Front {
  /// The next part of a body; whoever hangs up in it is nothing that went wrong here.
  private func next(_ parts: inout RequestBody.AsyncIterator) async throws -> ByteBuffer? {
    do {
      return try await parts.next()
    } catch {
      throw UntakenBody.cutOff
    }
  }
}

extension DeliveryRequest {
  fileprivate init(_ request: Request, sender: String) {
    self.init(
      method: request.method.rawValue,
      path: request.uri.path,
      rawQuery: request.uri.query ?? "",
      fields: .read(request.headers),
      sender: sender
    )
  }
}

extension DeliveryRequest {
  /// A request that came whole, with a plain head.
  init(_ head: PlainHead, body: [UInt8], sender: String) {
    self.init(
      method: "POST",
      path: head.path,
      rawQuery: head.rawQuery,
      fields: .plain(head),
      sender: sender,
      body: body
    )
  }
}

extension SystemLogRequest {
  fileprivate init(_ request: Request, sender: String) {
    var fields: [String: String] = [:]
    for field in request.headers where fields[field.name.canonicalName] == nil {
      fields[field.name.canonicalName] = field.value
    }
    fields["host"] = request.head.authority
    self.init(
      method: request.method.rawValue,
      query: request.uri.query ?? "",
      fields: fields,
      sender: sender
    )
  }
}

extension Reply {
  fileprivate var response: Response {
    Response(
      status: .init(code: status),
      headers: headerFields,
      body: hasBody ? .init(byteBuffer: ByteBuffer(bytes: body)) : .init()
    )
  }

  private var headerFields: HTTPFields {
    var headers = HTTPFields()
    for (name, value) in fields {
      if let name = HTTPField.Name(name) { headers.append(HTTPField(name: name, value: value)) }
    }
    return headers
  }
}
