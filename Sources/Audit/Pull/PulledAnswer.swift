/// What an org answered to whoever pulls its System Log.
public struct PulledAnswer: Sendable {
  /// The status of HTTP.
  public var status: Int
  /// The body, exactly as it came.
  public var body: [UInt8]
  /// Where the next page is; nil where the answer does not say.
  public var next: String?
  /// How long the org wants nobody to ask again, in milliseconds.
  public var waitMilliseconds: Double
  /// Where a redirect leads; nil for any other answer.
  public var redirect: String?
  /// Whether the org says that it ended the search early.
  public var isCutShort: Bool

  /// Makes an answer.
  public init(
    status: Int,
    body: [UInt8],
    next: String? = nil,
    waitMilliseconds: Double = 0,
    redirect: String? = nil,
    isCutShort: Bool = false
  ) {
    self.status = status
    self.body = body
    self.next = next
    self.waitMilliseconds = waitMilliseconds
    self.redirect = redirect
    self.isCutShort = isCutShort
  }
}

/// Why an org gave no answer.
public enum PullFailure: Error, Hashable, Sendable {
  /// The address is not one of the org; nobody was asked.
  case elsewhere(String)
  /// The answer is longer than is allowed.
  case tooLong(String)
  /// No whole answer came; another attempt can succeed.
  case passing(String)
  /// It cannot be asked at all.
  case lasting(String)
}

/// What pulling takes from its surroundings.
public struct PullWorld: Sendable {
  /// Asks for an address of the org: a whole one, or a path from `/` on.
  let ask: @Sendable (String) throws(PullFailure) -> PulledAnswer
  /// The time, in milliseconds since 1970.
  let now: @Sendable () -> Int64
  /// Lets milliseconds pass.
  let sleep: @Sendable (Double) -> Void

  /// Makes surroundings.
  public init(
    ask: @escaping @Sendable (String) throws(PullFailure) -> PulledAnswer,
    now: @escaping @Sendable () -> Int64,
    sleep: @escaping @Sendable (Double) -> Void
  ) {
    self.ask = ask
    self.now = now
    self.sleep = sleep
  }
}
