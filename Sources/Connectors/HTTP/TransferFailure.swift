internal import Flows
internal import Values

/// Why an exchange with a service gave no whole answer.
struct TransferFailure: Error, Hashable, Sendable {
  /// What went wrong.
  enum Reason: Hashable, Sendable {
    /// The host is not one that the connection may reach.
    case hostRefused
    /// The name leads to an address that the connection may not reach.
    case addressRefused
    /// The URL is none, or has another scheme than a connection allows.
    case url
    /// An input of the card cannot stand where it would.
    case input
    /// The name is not known.
    case name
    /// Nobody could be connected to.
    case connection
    /// The server's certificate was not accepted.
    case certificate
    /// It took too long.
    case timeout
    /// The answer is longer than allowed.
    case size
    /// The answer is not what the protocol says.
    case malformed
    /// The connection broke off.
    case cut
    /// The server refused, in words of its protocol.
    case refused
  }

  let reason: Reason
  /// What happened, as a sentence; no secret is in it.
  let message: String
  /// Whether the service may have done what it was asked: the request went out, or part of it.
  let mayHaveHappened: Bool
}

extension TransferFailure {
  /// The same failure of a request that changes nothing.
  var withoutEffect: TransferFailure {
    TransferFailure(reason: reason, message: message, mayHaveHappened: false)
  }

  /// The error that the card fails with, by the kinds that Okta documents.
  var cardError: CardError {
    let kind: CardErrorKind =
      switch reason {
      case .hostRefused, .addressRefused: .forbidden
      case .url: .other("URL Error")
      case .input: .invalidInput
      case .timeout: .timeout
      case .size, .malformed: .parseError
      case .name, .connection, .certificate: .other("Connection Error")
      case .cut: .other("Network Error")
      case .refused: .other("HTTP Request Error")
      }
    return CardError(kind: kind, message: Text(message))
  }
}
