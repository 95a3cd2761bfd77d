internal import Audit
internal import NIOCore

/// Takes in deliveries on the thread of their connection, from the bytes as they arrive, without the tasks, streams and
/// objects that a request has otherwise.
///
/// It takes what most are: a request with a plain head that came whole, for a hook, from whoever may send. Everything
/// else goes on as it came, and is refused, asked for the rest of it, or answered where all of that is done. So
/// there is nothing that only this way knows.
///
/// A request is taken where one is known to begin, and no other is being answered. Where it is not known any more, behind
/// a head that is not plain, all that comes goes on.
///
/// Requests are answered in their order: while one is, what comes behind it waits, and no more is read.
final class DeliveryShortcut: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private enum State {
    /// So many bytes go on that belong to a request which did; the next one begins a request.
    case passing(Int)
    /// A request was taken and is not answered yet, or its answer is not read.
    case answering
    /// All bytes go on.
    case passingAll
    /// The sender wanted no more of his bytes to be read.
    case closed
  }

  private let front: Front
  /// What else stands in the way of requests that go on, and knows of them.
  private let bounds: ConnectionBounds
  private var state = State.passing(0)
  /// What came while a request was being answered: bytes, then what else happened.
  private var waiting = CircularBuffer<ByteBuffer>()
  private var happened: [(ChannelHandlerContext) -> Void] = []
  private var waitsToRead = false
  /// Whether bytes went on of which those behind do not know yet that there are no more for now.
  private var hasPassed = false
  /// Whether the sender is to read answers before there are more.
  private var isBlocked = false
  private var isGone = false
  private var sender = ""

  init(_ front: Front, _ bounds: ConnectionBounds) {
    self.front = front
    self.bounds = bounds
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
    var bytes = unwrapInboundIn(data)
    take(&bytes, context)
    if bytes.readableBytes > 0 { waiting.append(bytes) }
  }

  /// Takes up bytes, and leaves those that wait for the answer to a request among them.
  private func take(_ bytes: inout ByteBuffer, _ context: ChannelHandlerContext) {
    while bytes.readableBytes > 0 {
      switch state {
      case .answering: return
      case .closed: bytes.clear()
      case .passingAll: pass(bytes.readableBytes, of: &bytes, context)
      case .passing(0):
        guard let head = bytes.withUnsafeReadableBytes(PlainHead.init(startOf:)) else {
          state = .passingAll
          continue
        }
        let length = head.count + head.bodyLength
        if length <= bytes.readableBytes, take(head, from: &bytes, context) { continue }
        // Behind one that closes the connection there is none (RFC 9112, 9.6).
        state = head.closes ? .passingAll : .passing(length)
      case .passing(let rest):
        let count = min(rest, bytes.readableBytes)
        state = .passing(rest - count)
        pass(count, of: &bytes, context)
      }
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    guard hasPassed else { return }
    hasPassed = false
    context.fireChannelReadComplete()
  }

  private func pass(_ count: Int, of bytes: inout ByteBuffer, _ context: ChannelHandlerContext) {
    guard let part = bytes.readSlice(length: count) else { return }
    hasPassed = true
    context.fireChannelRead(wrapInboundOut(part))
  }

  /// Takes the request that bytes begin with, where it is one to take.
  private func take(
    _ head: PlainHead,
    from bytes: inout ByteBuffer,
    _ context: ChannelHandlerContext
  ) -> Bool {
    guard bounds.isFree, let hook = front.shortHook(of: head),
      let body = bytes.getBytes(at: bytes.readerIndex + head.count, length: head.bodyLength)
    else { return false }
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    let isTaken = front.take(
      DeliveryRequest(head, body: body, sender: sender),
      hook,
      on: context.eventLoop
    ) { [closes = head.closes] reply in
      let (handler, context) = bound.value
      handler.answer(reply, closes: closes, context)
    }
    guard isTaken else { return false }
    bytes.moveReaderIndex(forwardBy: head.count + head.bodyLength)
    state = .answering
    bounds.begin()
    return true
  }
}

// MARK: - Answers

extension DeliveryShortcut {
  func read(context: ChannelHandlerContext) {
    // What has come already waits for the answer.
    if waiting.isEmpty { context.read() } else { waitsToRead = true }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    // That no more will come would end the connection before the answer.
    behindAnswer(context) { $0.fireUserInboundEventTriggered(event) }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
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
    bounds.end()
    var bytes = context.channel.allocator.buffer(capacity: 128)
    reply.write(to: &bytes)
    guard !happened.isEmpty else {
      context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
      return finish(closes: closes, context)
    }
    // What happened may end the connection, with all that is not sent yet.
    let sent = context.eventLoop.makePromise(of: Void.self)
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    sent.futureResult.whenComplete { _ in
      let (handler, context) = bound.value
      handler.finish(closes: closes, context)
    }
    context.writeAndFlush(wrapOutboundOut(bytes), promise: sent)
  }

  private func finish(closes: Bool, _ context: ChannelHandlerContext) {
    guard !isGone else { return }
    isBlocked = !context.channel.isWritable
    if closes {
      // What comes behind such a request is none (RFC 9112, 9.6).
      state = .closed
      waiting.removeAll()
      context.close(mode: .output, promise: nil)
    } else if !isBlocked {
      state = .passing(0)
    }
    if !isBlocked { goOn(context) }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if isBlocked, context.channel.isWritable {
      isBlocked = false
      if case .answering = state { state = .passing(0) }
      goOn(context)
    }
    context.fireChannelWritabilityChanged()
  }

  /// Takes up what came while a request was being answered.
  private func goOn(_ context: ChannelHandlerContext) {
    if !waiting.isEmpty {
      while var bytes = waiting.popFirst() {
        take(&bytes, context)
        if bytes.readableBytes > 0 { waiting.prepend(bytes) }
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
