internal import Foundation
internal import Synchronization
internal import Values

/// A stand-in for the System Log API of an Okta org, polled page by page, with the faults a test asks for.
public final class SystemLogStandIn: Sendable {
  /// What goes wrong with an answer.
  public enum Fault: Sendable {
    /// Too many requests, until so many seconds later.
    case tooMany(seconds: Int)
    /// An error of the server.
    case status(Int)
    /// The connection ends without a word.
    case hangUp
    /// The body ends early.
    case cut
    /// The body is no JSON.
    case damaged
    /// Another address is to be asked.
    case redirect(String)
    /// The next page is said to be there.
    case next(String)
    /// The next page is said to be this one.
    case nextIsSelf
  }

  private struct State {
    var entries: [(published: String, bytes: [UInt8])] = []
    var faults: [Int: Fault] = [:]
    var count = 0
    /// Cursors of earlier ones are not taken.
    var epoch = 0
  }

  private let state = Mutex(State())
  private let pageSize: Int

  /// Makes an org without entries; its pages have so many at most.
  public init(pageSize: Int = 1000) {
    self.pageSize = pageSize
  }

  /// Appends entries.
  public func publish(_ entries: [[UInt8]]) {
    let dated = entries.map { bytes -> (String, [UInt8]) in
      guard case .object(let members)? = try? JSON.parse(bytes),
        case .text(let published)? = members["published"]
      else { return ("", bytes) }
      return (published.description, bytes)
    }
    state.withLock { $0.entries += dated }
  }

  /// Lets coming requests fail, by their numbers from 0 on.
  public func fail(_ faults: [Int: Fault]) {
    state.withLock { state in
      for (number, fault) in faults { state.faults[state.count + number] = fault }
    }
  }

  /// Takes no cursor any more that it has given.
  public func forgetCursors() { state.withLock { $0.epoch += 1 } }

  /// How many requests came.
  public var count: Int { state.withLock { $0.count } }

  /// What it does to a request.
  public func answer(_ request: StandInRequest, at url: String) -> StandInReaction {
    state.withLock { state in
      defer { state.count += 1 }
      guard request.field("authorization") == "SSWS \(OktaStandIn.token)" else {
        return Self.failure(401, "E0000011", "Invalid token provided")
      }
      let fault = state.faults[state.count]
      switch fault {
      case .tooMany(let seconds)?:
        return Self.failure(
          429,
          "E0000047",
          "API call exceeded rate limit due to too many requests.",
          [("X-Rate-Limit-Reset", "\(Int(Date().timeIntervalSince1970) + seconds)")]
        )
      case .status(let status)?: return Self.failure(status, "E0000009", "Internal Server Error")
      case .hangUp?: return .hangUp
      case .redirect(let address)?: return .reply(302, [("Location", address)], [])
      case .cut?, .damaged?, .next?, .nextIsSelf?, nil: break
      }
      return page(request, url, state, fault)
    }
  }

  private func page(
    _ request: StandInRequest,
    _ url: String,
    _ state: State,
    _ fault: Fault?
  ) -> StandInReaction {
    let parameters = Self.parameters(request)
    var start = 0
    if let after = parameters["after"] {
      let numbers = after.split(separator: "_").compactMap { Int($0) }
      guard numbers.count == 2, numbers[0] == state.epoch else {
        return Self.failure(400, "E0000001", "Api validation failed: after")
      }
      start = numbers[1]
    } else if let since = parameters["since"] {
      start = state.entries.firstIndex { $0.published >= since } ?? state.entries.count
    }
    let limit = min(pageSize, parameters["limit"].flatMap(Int.init) ?? 100)
    let entries = state.entries[min(start, state.entries.count)...].prefix(limit)
    let body =
      Array("[".utf8) + Array(entries.map(\.bytes).joined(separator: Array(",\n".utf8)))
      + Array("]".utf8)
    var next =
      "\(url)\(request.path)?limit=\(parameters["limit"] ?? "100")&after=\(state.epoch)_"
      + "\(start + entries.count)"
    if case .next(let address)? = fault { next = address }
    if case .nextIsSelf? = fault { next = url + request.target }
    let links = [
      ("Link", "<\(url)\(request.target)>; rel=\"self\""), ("Link", "<\(next)>; rel=\"next\""),
    ]
    if case .damaged? = fault {
      return .reply(200, links, Array(body.prefix(body.count / 2)) + Array("?".utf8))
    }
    if case .cut? = fault {
      let head = "HTTP/1.1 200 OK\r\nContent-Length: \(body.count)\r\n\r\n"
      return .bytes(Array(head.utf8) + body.prefix(body.count / 2))
    }
    return .reply(200, [("Content-Type", "application/json")] + links, body)
  }

  private static func parameters(_ request: StandInRequest) -> [String: String] {
    var parameters: [String: String] = [:]
    for pair in request.query.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
      if parts.count == 2 { parameters[parts[0]] = parts[1].removingPercentEncoding }
    }
    return parameters
  }

  private static func failure(
    _ status: Int,
    _ code: String,
    _ summary: String,
    _ fields: [(String, String)] = []
  ) -> StandInReaction {
    let body: Value = [
      "errorCode": .text(Text(code)), "errorSummary": .text(Text(summary)), "errorCauses": [],
    ]
    return .json(JSON.text(body).description, fields, status: status)
  }
}
