public import Flows
public import Values

/// The services that live runs ask, as closures: the library itself has no network.
public struct Services: Sendable {
  /// A request with what tells where it comes from.
  public struct Request: Sendable {
    /// What the card asks.
    public let request: ConnectorRequest
    /// The name of its connection in the flow, nil where the card names none.
    public let connection: Text?
    /// What a service that takes keys recognises the request by, should it come twice: the same for
    /// every attempt of a step.
    public let key: Text
    /// The texts of the request that were computed from secrets, to be kept out of the answer.
    public let hiddenTexts: [Text]
  }

  /// What asking a service came to.
  public struct Reply: Sendable {
    /// The outputs, or the error that the card fails with.
    public let answer: Answer
    /// How long the service wants nobody to ask again, in milliseconds.
    public let waitMilliseconds: Double
    /// Whether the request went out and nobody knows whether it was done.
    public let isInDoubt: Bool

    /// Makes a reply.
    public init(_ answer: Answer, waitMilliseconds: Double = 0, isInDoubt: Bool = false) {
      self.answer = answer
      self.waitMilliseconds = waitMilliseconds
      self.isInDoubt = isInDoubt
    }
  }

  /// Why no service answers a card's method over a connection; nil where one does.
  let missing: @Sendable (_ method: ConnectorMethod, _ connection: Text?, _ name: Text?) -> String?
  /// What sending a request twice does.
  let effect: @Sendable (Request) -> DeclaredEffect
  /// Sends a request and waits for the answer.
  let perform: @Sendable (Request) -> Reply
  /// Asks whether a request that went out then was done: its answer, or nil where it was not.
  let ask: @Sendable (Request, _ sent: Instant) throws(CardError) -> Answer?
  /// Lets time pass.
  let sleep: @Sendable (_ milliseconds: Double) -> Void

  /// Makes services.
  public init(
    missing:
      @escaping @Sendable (_ method: ConnectorMethod, _ connection: Text?, _ name: Text?) -> String?,
    effect: @escaping @Sendable (Request) -> DeclaredEffect,
    perform: @escaping @Sendable (Request) -> Reply,
    ask: @escaping @Sendable (Request, _ sent: Instant) throws(CardError) -> Answer?,
    sleep: @escaping @Sendable (_ milliseconds: Double) -> Void
  ) {
    self.missing = missing
    self.effect = effect
    self.perform = perform
    self.ask = ask
    self.sleep = sleep
  }
}

extension Services {
  /// Why nobody answers a card's method over a connection; nil where a service does.
  func whyMissing(_ method: ConnectorMethod, _ connection: Text?, _ name: Text?) -> String? {
    guard !method.isPause else { return "a live run does not wait for a call that resumes it" }
    return missing(method, connection, name)
  }
}
