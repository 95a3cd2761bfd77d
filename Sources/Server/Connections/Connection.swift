internal import HTTPTypes
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypes
internal import NIOHTTPTypesHTTP1

/// A connection of HTTP/1.1: what stands between its socket and who answers.
///
/// It is Hummingbird's own, with bounds, and with a shorter way for what is asked most.
struct Connection: HTTPChannelHandler {
  typealias Value = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

  let responder: Responder
  let front: Front

  /// How many parts of a request are read before anybody looks at them, each of 8 KiB at most: a thousand
  /// senders whose bodies nobody wants have no more than that in memory.
  private static let ahead = NIOAsyncSequenceProducerBackPressureStrategies.HighLowWatermark(
    lowWatermark: 1,
    highWatermark: 1
  )

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    channel.eventLoop.makeCompletedFuture {
      let pipeline = channel.pipeline.syncOperations
      var limits = NIOHTTPDecoderLimitConfiguration()
      limits.maxHeaderFieldSize = 16 << 10
      limits.maxHeaderListSize = 32 << 10
      limits.maxHeaderFieldCount = PlainHead.fieldLimit
      let bounds = ConnectionBounds()
      try pipeline.addHandler(DeliveryShortcut(front, bounds))
      try pipeline.configureHTTPServerPipeline(
        withPipeliningAssistance: false,
        withErrorHandling: false,
        withOutboundHeaderValidation: false,
        withEncoderConfiguration: .init(),
        withDecoderLimitConfiguration: limits
      )
      try pipeline.addHandlers([HTTP1ToHTTPServerCodec(secure: false), bounds])
      return try NIOAsyncChannel(
        wrappingChannelSynchronously: channel,
        configuration: .init(
          backPressureStrategy: Self.ahead,
          isOutboundHalfClosureEnabled: true
        )
      )
    }
  }

  func handle(value: Value, logger: Logger) async {
    await handleHTTP(asyncChannel: value, logger: logger)
  }
}
