internal import Audit
internal import HTTPTypes
internal import NIOCore
internal import NIOHTTPTypes

/// Takes in deliveries on the thread of their connection, without the tasks and streams that a request has otherwise.
///
/// It takes what most are: a request that came whole in one piece, for a hook, from whoever may send. Everything else
/// goes on as it came, and is refused, asked for the rest of it, or answered where all of that is
/// done. So there is nothing that only this way knows.
///
/// Requests are answered in their order: while one is, what comes behind it waits, and no more is read.
final class DeliveryShortcut: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private enum State {
    /// The next part begins a request.
    case between
    /// All that came of a request, which may be one to take.
    case holding(HTTPRequest, RegisteredHook, ByteBuffer?)
    /// The request goes on as it came.
    case passing
    /// A request was taken and is not answered yet, or its answer is not read.
    case answering
  }

  private let front: Front
  private var state = State.between
  /// How many requests went on and are not answered yet.
  private var passed = 0
  /// What came while a request was being answered: parts of others, then what else happened.
  private var waiting = CircularBuffer<HTTPRequestPart>()
  private var happened: [(ChannelHandlerContext) -> Void] = []
  private var waitsToRead = false
  /// Whether the sender is to read answers before there are more.
  private var isBlocked = false
  private var isGone = false
  private var sender = ""

  init(_ front: Front) {
    self.front = front
  }

  func handlerAdded(context: ChannelHandlerContext) {
    sender = Front.sender(context.channel)
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    isGone = true
    waiting.removeAll()
    happened.removeAll()
  }

  func channelActive(context: ChannelHandlerContext) {
    sender = Front.sender(context.channel)
    context.fireChannelActive()
  }
}

// MARK: - Requests

extension DeliveryShortcut {
  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    take(unwrapInboundIn(data), context)
  }

  private func take(_ part: HTTPRequestPart, _ context: ChannelHandlerContext) {
    switch (state, part) {
    case (.answering, _): waiting.append(part)
    case (.between, .head(let head)):
      if passed == 0, let hook = front.shortHook(of: head) {
        state = .holding(head, hook, nil)
      } else {
        state = .passing
        pass(part, context)
      }
    case (.holding(let head, let hook, nil), .body(let body)): state = .holding(head, hook, body)
    case (.holding(let head, let hook, let body?), .end(nil)): end(head, hook, body, context)
    case (.holding, _):
      passOn(context)
      take(part, context)
    case (.between, _), (.passing, _):
      pass(part, context)
      if case .end = part { state = .between }
    }
  }

  private func pass(_ part: HTTPRequestPart, _ context: ChannelHandlerContext) {
    if case .head = part { passed += 1 }
    context.fireChannelRead(wrapInboundOut(part))
  }

  /// Lets go on what was held.
  private func passOn(_ context: ChannelHandlerContext) {
    guard case .holding(let head, _, let body) = state else { return }
    state = .passing
    pass(.head(head), context)
    if let body { pass(.body(body), context) }
  }

  private func end(
    _ head: HTTPRequest,
    _ hook: RegisteredHook,
    _ body: ByteBuffer,
    _ context: ChannelHandlerContext
  ) {
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    let closes = head.headerFields[.connection]?.lowercased() == "close"
    let isTaken = front.take(
      DeliveryRequest(head, body: Array(body.readableBytesView), sender: sender),
      hook,
      on: context.eventLoop
    ) { reply in
      let (handler, context) = bound.value
      handler.answer(reply, closes: closes, context)
    }
    if isTaken {
      state = .answering
    } else {
      passOn(context)
      take(.end(nil), context)
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    // The rest of it comes later, or never.
    passOn(context)
    context.fireChannelReadComplete()
  }
}

// MARK: - Answers

extension DeliveryShortcut {
  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if case .end = unwrapOutboundIn(data) { passed -= 1 }
    context.write(data, promise: promise)
  }

  func read(context: ChannelHandlerContext) {
    if case .answering = state {
      waitsToRead = true
    } else {
      context.read()
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    // That no more will come would end the connection before the answer.
    behindAnswer(context) { $0.fireUserInboundEventTriggered(event) }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // What is no HTTP is answered too, in its turn.
    behindAnswer(context) { $0.fireErrorCaught(error) }
  }

  private func behindAnswer(
    _ context: ChannelHandlerContext,
    _ body: @escaping (ChannelHandlerContext) -> Void
  ) {
    if case .answering = state { happened.append(body) } else { body(context) }
  }

  private func answer(_ reply: Reply, closes: Bool, _ context: ChannelHandlerContext) {
    guard !isGone else { return }
    context.write(wrapOutboundOut(.head(reply.head)), promise: nil)
    if reply.hasBody {
      context.write(wrapOutboundOut(.body(ByteBuffer(bytes: reply.body))), promise: nil)
    }
    guard !happened.isEmpty else {
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
      return finish(closes: closes, context)
    }
    // What happened may end the connection, with all that is not sent yet.
    let sent = context.eventLoop.makePromise(of: Void.self)
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    sent.futureResult.whenComplete { _ in
      let (handler, context) = bound.value
      handler.finish(closes: closes, context)
    }
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: sent)
  }

  private func finish(closes: Bool, _ context: ChannelHandlerContext) {
    guard !isGone else { return }
    if closes {
      // What comes behind such a request is none (RFC 9112, 9.6).
      waiting.removeAll()
      context.close(mode: .output, promise: nil)
    }
    isBlocked = !context.channel.isWritable
    if !isBlocked { goOn(context) }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if isBlocked, context.channel.isWritable {
      isBlocked = false
      goOn(context)
    }
    context.fireChannelWritabilityChanged()
  }

  /// Takes up what came while a request was being answered.
  private func goOn(_ context: ChannelHandlerContext) {
    state = .between
    if !waiting.isEmpty {
      while let part = waiting.popFirst() {
        take(part, context)
        if case .answering = state { return }
      }
      channelReadComplete(context: context)
    }
    let happened = happened
    self.happened = []
    for body in happened { body(context) }
    guard waitsToRead else { return }
    waitsToRead = false
    context.read()
  }
}
