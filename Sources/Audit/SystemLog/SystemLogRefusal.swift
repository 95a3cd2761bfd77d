/// Why a question to the System Log API is refused, in Okta's words.
///
/// Source: Okta, "Error codes", and "System Log API".
public struct SystemLogRefusal: Error, Hashable, Sendable {
  /// The status of HTTP.
  public let status: Int
  /// Okta's code, such as `E0000001`.
  public let code: String
  /// What is wrong, in a sentence.
  public let summary: String
  /// What is wrong in particular.
  public let causes: [String]

  /// Makes a refusal.
  public init(_ status: Int, _ code: String, _ summary: String, causes: [String] = []) {
    self.status = status
    self.code = code
    self.summary = summary
    self.causes = causes
  }

  /// A parameter cannot be used as it is.
  static func parameter(_ name: String, _ reason: String) -> SystemLogRefusal {
    let cause = "'\(name)': \(reason)"
    return SystemLogRefusal(400, "E0000001", "Api validation failed: \(cause)", causes: [cause])
  }

  /// The filter cannot be read.
  static func filter(_ error: FilterError) -> SystemLogRefusal {
    let description = "\(error)"
    return SystemLogRefusal(
      400,
      error.oktaCode,
      description.prefix(1).uppercased() + description.dropFirst(),
      causes: [error.message]
    )
  }

  /// Nobody has proved himself.
  public static let unauthenticated = SystemLogRefusal(401, "E0000011", "Invalid token provided")
  /// Whoever asks may not.
  public static let forbidden = SystemLogRefusal(
    403,
    "E0000006",
    "You do not have permission to perform the requested action"
  )
  /// The endpoint knows no such verb.
  public static let method = SystemLogRefusal(
    405,
    "E0000022",
    "The endpoint does not support the provided HTTP method"
  )
  /// Whoever asks has asked too often.
  public static let tooOften = SystemLogRefusal(
    429,
    "E0000047",
    "API call exceeded rate limit due to too many requests."
  )
  /// The log could not be read.
  public static let failed = SystemLogRefusal(500, "E0000009", "Internal Server Error")
}
