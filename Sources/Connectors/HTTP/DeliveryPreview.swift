/// Delivers to an address that somebody names, as the sender of a hook would.
///
/// The address may be a private one: nobody but the person at the command line chose it.
public struct DeliveryPreview: Sendable {
  /// What came back.
  public struct Answer: Sendable {
    /// The status.
    public let status: Int
    /// The body.
    public let body: [UInt8]
  }

  /// No whole answer came.
  public struct Unanswered: Error, Hashable, CustomStringConvertible {
    /// What happened, as a sentence.
    public let description: String
  }

  private let certificates: String?

  /// Makes a sender.
  ///
  /// - Parameter certificates: A file of certificates to trust in place of the system's, nil for those.
  public init(certificates: String? = nil) {
    self.certificates = certificates
  }

  /// Sends a request and waits for the answer.
  ///
  /// - Parameters:
  ///   - method: The verb.
  ///   - address: The URL.
  ///   - fields: The header fields.
  ///   - body: The body, nil for none.
  /// - Returns: What came back, whatever its status.
  /// - Throws: `Unanswered`.
  public func send(
    _ method: String,
    _ address: String,
    _ fields: [(name: String, value: String)],
    body: [UInt8]?
  ) throws(Unanswered) -> Answer {
    guard let url = ParsedURL(address) else {
      throw Unanswered(description: "\(address) is no URL of http or https")
    }
    let everywhere = ["0.0.0.0/0", "::/0"].compactMap(Network.init)
    let client = HTTPClient(
      addresses: AddressRules(allowed: everywhere),
      limits: TransferLimits(),
      certificates: certificates
    )
    do throws(TransferFailure) {
      let reply = try client.send(
        HTTPCall(
          method: method,
          url: url,
          fields: fields.map { HTTPField(name: $0.name, value: $0.value) },
          body: body
        )
      )
      return Answer(status: reply.status, body: reply.body)
    } catch {
      throw Unanswered(description: error.message)
    }
  }
}
