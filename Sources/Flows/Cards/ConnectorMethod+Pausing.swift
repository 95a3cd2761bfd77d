internal import Values

extension ConnectorMethod {
  /// The method under which *Pause* asks for a call that resumes the flow.
  public static let pause = ConnectorMethod(connector: "control", method: "pause")
  /// The method under which *Pause Raw* asks for one.
  public static let pauseRaw = ConnectorMethod(connector: "control", method: "pauseRaw")

  /// Whether the request is for a call that resumes the flow, which no service sends.
  public var isPause: Bool { self == .pause || self == .pauseRaw }

  /// Makes the method under which a function card asks for a call that resumes the flow, or nil for
  /// any other card.
  public init?(pausing address: CardAddress) {
    self.init(connector: address.module, method: address.function)
    guard isPause else { return nil }
  }
}
