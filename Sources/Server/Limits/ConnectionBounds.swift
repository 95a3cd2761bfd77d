internal import HTTPTypes
internal import NIOCore
internal import NIOHTTPTypes

/// Keeps a connection within bounds.
///
/// One on which no whole request head comes in time is closed, so that whoever sends it byte by byte holds
/// none of those that there are. Of each as much is read at once as a delivery has, so that a thousand
/// that send a lot are not read faster than they are looked at.
final class ConnectionBounds: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  /// How long the first head may take, the handshake of TLS included.
  private static let first = TimeAmount.seconds(10)
  /// How long the next head may take, the time in which nothing is sent included.
  private static let next = TimeAmount.seconds(40)

  /// When it is closed unless a head has come; nil while a request is open.
  private var deadline: NIODeadline?
  /// Looks at the deadline; set again only when it has run out, since requests move that one all the time.
  private var timer: Scheduled<Void>?
  /// How many requests are not answered yet.
  private var open = 0

  /// How many bytes are read at once.
  private static let readLength = 8 << 10

  func handlerAdded(context: ChannelHandlerContext) {
    // A channel without these options reads as it does anyway.
    try? context.channel.syncOptions?.setOption(
      .recvAllocator,
      value: FixedSizeRecvByteBufferAllocator(capacity: Self.readLength)
    )
    try? context.channel.syncOptions?.setOption(.maxMessagesPerRead, value: 1)
    if context.channel.isActive { arm(Self.first, context) }
  }

  func channelActive(context: ChannelHandlerContext) {
    arm(Self.first, context)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    timer?.cancel()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if case .head(let head) = unwrapInboundIn(data) {
      open += 1
      deadline = nil
      if head.headerFields[.expect]?.lowercased() == "100-continue" { goOn(context) }
    }
    context.fireChannelRead(data)
  }

  /// Tells whoever waits for it that the body may come (RFC 9110, section 10.1.1); what is too long, or
  /// from nobody who is believed, is refused all the same.
  private func goOn(_ context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if case .end = unwrapOutboundIn(data) {
      open -= 1
      if open <= 0 { arm(Self.next, context) }
    }
    context.write(data, promise: promise)
  }

  private func arm(_ time: TimeAmount, _ context: ChannelHandlerContext) {
    let end = NIODeadline.now() + time
    deadline = end
    if timer == nil { setTimer(end, context) }
  }

  private func setTimer(_ end: NIODeadline, _ context: ChannelHandlerContext) {
    timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: end) { [self] in
      timer = nil
      guard let deadline else { return }
      guard deadline <= .now() else { return setTimer(deadline, context) }
      context.close(promise: nil)
    }
  }
}
