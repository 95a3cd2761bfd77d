internal import Synchronization
public import Values

/// A stand-in for a Slack workspace: messages that are posted, and users that are looked up.
public final class SlackStandIn: Sendable {
  /// The token that it takes.
  public static let token = "xoxb-example-token-of-the-stand-in"

  private let messages = Mutex<[Object]>([])
  private let users: [String: String]

  /// Makes a workspace with users, ids by mail address.
  public init(users: [String: String] = [:]) {
    self.users = users
  }

  /// What was posted, in order.
  public var posted: [Object] { messages.withLock { $0 } }

  /// What it does to a request.
  public func answer(_ request: StandInRequest) -> StandInReaction {
    guard request.field("authorization") == "Bearer \(Self.token)" else {
      return .json("{\"ok\":false,\"error\":\"invalid_auth\"}")
    }
    switch request.path {
    case "/api/chat.postMessage": return post(request)
    case "/api/users.lookupByEmail":
      let query = request.query.replacing("%40", with: "@")
      let mail = String(query.dropFirst("email=".count))
      guard let id = users[mail] else {
        return .json("{\"ok\":false,\"error\":\"users_not_found\"}")
      }
      return .json(
        "{\"ok\":true,\"user\":{\"id\":\"\(id)\",\"name\":\"\(mail.prefix { $0 != "@" })\","
          + "\"profile\":{\"email\":\"\(mail)\",\"real_name\":\"A Person\"}}}"
      )
    default: return .json("{\"ok\":false,\"error\":\"unknown_method\"}")
    }
  }

  private func post(_ request: StandInRequest) -> StandInReaction {
    guard case .object(let message)? = try? JSON.parse(request.body),
      case .text(let channel)? = message["channel"]
    else { return .json("{\"ok\":false,\"error\":\"invalid_json\"}") }
    guard channel != "C-MISSING" else {
      return .json("{\"ok\":false,\"error\":\"channel_not_found\"}")
    }
    let number = messages.withLock { messages in
      messages.append(message)
      return messages.count
    }
    return .json("{\"ok\":true,\"channel\":\"\(channel)\",\"ts\":\"1767225600.\(number)\"}")
  }
}
