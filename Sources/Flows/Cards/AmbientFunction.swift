public import Values

/// A card's function that needs answers of its surroundings before it can set its outputs.
public struct AmbientFunction: Sendable {
  /// The next request, given the answers so far; nil once the card needs no more.
  ///
  /// A card asks at most ``maximumRequests`` times.
  public let nextRequest:
    @Sendable (_ call: CardCall, _ answers: [Value]) throws(CardError) -> AmbientRequest?
  /// Sets the outputs from the inputs and the answers.
  public let finish:
    @Sendable (_ call: inout CardCall, _ answers: [Value]) throws(CardError) -> Void

  /// How often one card may ask.
  public static let maximumRequests = 8

  /// Makes a function.
  public init(
    nextRequest: @escaping @Sendable (CardCall, [Value]) throws(CardError) -> AmbientRequest?,
    finish: @escaping @Sendable (inout CardCall, [Value]) throws(CardError) -> Void
  ) {
    self.nextRequest = nextRequest
    self.finish = finish
  }
}
