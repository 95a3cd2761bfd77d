internal import HTTPTypes
internal import NIOCore
internal import NIOHTTPTypes

/// Keeps a connection within bounds.
///
/// One on which no whole request head comes in time is closed, so that whoever sends it byte by byte holds
/// none of those that there are; so is one whose request does not go on. Of each as much is read at once as a
/// delivery has, so that a thousand that send a lot are not read faster than they are looked at.
///
/// A server that ends lets it answer the requests that are open, and closes it.
final class ConnectionBounds: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  /// How long the first head may take, the handshake of TLS included.
  private static let first = TimeAmount.seconds(10)
  /// How long the next head may take, or the next part of a body, the time in which nothing is sent included.
  private static let next = TimeAmount.seconds(30)

  /// When it is closed unless something comes; nil while a whole request is open.
  private var deadline: NIODeadline?
  /// Looks at the deadline; set again only when it has run out, since requests move that one all the time.
  private var timer: Scheduled<Void>?
  private var context: ChannelHandlerContext?
  /// How many requests are not answered yet.
  private var open = 0
  /// Whether more of a request is to come.
  private var isReading = false
  /// Whether something came that is no request.
  private var hasFailed = false
  /// Whether it is closed when all that is open is answered.
  private var ends = false

  /// How many bytes are read at once.
  private static let readLength = 8 << 10

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    // A channel without these options reads as it does anyway.
    try? context.channel.syncOptions?.setOption(
      .recvAllocator,
      value: FixedSizeRecvByteBufferAllocator(capacity: Self.readLength)
    )
    try? context.channel.syncOptions?.setOption(.maxMessagesPerRead, value: 1)
    if context.channel.isActive { allow(Self.first) }
  }

  func channelActive(context: ChannelHandlerContext) {
    allow(Self.first)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    timer?.cancel()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    timer?.cancel()
    self.context = nil
  }
}

// MARK: - Requests

extension ConnectionBounds {
  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      begin()
      isReading = true
      allow(Self.next)
      if head.headerFields[.expect]?.lowercased() == "100-continue" { goOn(context) }
    case .body: allow(Self.next)
    case .end:
      isReading = false
      if open > 0 { deadline = nil } else { allow(Self.next) }
    }
    context.fireChannelRead(data)
  }

  /// Tells whoever waits for it that the body may come (RFC 9110, section 10.1.1); what is too long, or
  /// from nobody who is believed, is refused all the same.
  private func goOn(_ context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard case .end = unwrapOutboundIn(data) else {
      return context.write(data, promise: promise)
    }
    end()
    guard ends, open <= 0 else { return context.write(data, promise: promise) }
    context.writeAndFlush(data, promise: promise)
    context.close(promise: nil)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    hasFailed = true
    context.fireErrorCaught(error)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard event is ChannelShouldQuiesceEvent else {
      return context.fireUserInboundEventTriggered(event)
    }
    if open > 0 { ends = true } else { context.close(promise: nil) }
  }
}

// MARK: - Requests that are taken before they come here

extension ConnectionBounds {
  /// Whether no request is open, and what came before was one.
  var isFree: Bool { open == 0 && !isReading && !hasFailed }

  /// A request has come.
  func begin() {
    open += 1
    deadline = nil
  }

  /// A request is answered.
  func end() {
    open -= 1
    if open <= 0 { allow(Self.next) }
  }

  private func allow(_ time: TimeAmount) {
    let end = NIODeadline.now() + time
    deadline = end
    if timer == nil { setTimer(end) }
  }

  private func setTimer(_ end: NIODeadline) {
    timer = context?.eventLoop.assumeIsolated().scheduleTask(deadline: end) { [self] in
      timer = nil
      guard let deadline else { return }
      guard deadline <= .now() else { return setTimer(deadline) }
      context?.close(promise: nil)
    }
  }
}
