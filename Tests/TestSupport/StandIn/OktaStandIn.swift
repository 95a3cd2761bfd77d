internal import Foundation
internal import Synchronization
public import Values

/// A stand-in for an Okta org: users, groups and their members, with paging and rate limits.
public final class OktaStandIn: Sendable {
  private struct State {
    var users: [(id: String, object: Object)] = []
    var groups: [(id: String, object: Object, members: [String])] = []
    /// Which of the coming requests are refused for coming too often.
    var refused = 0..<0
  }

  /// The token that it takes.
  public static let token = "00ExampleTokenOfTheStandIn"

  private let state = Mutex(State())
  private let pageSize: Int

  /// Makes an org.
  ///
  /// - Parameter pageSize: How many records a page has at most.
  public init(pageSize: Int = 200) {
    self.pageSize = pageSize
  }

  /// Adds a user whose login and mail address are the same.
  @discardableResult
  public func addUser(_ login: String, status: String = "ACTIVE", _ more: Object = [:]) -> String {
    state.withLock { state in
      let id = "00u\(state.users.count + 1)"
      var profile: Object = ["login": .text(Text(login)), "email": .text(Text(login))]
      for (key, value) in more { profile[key] = value }
      state.users.append(
        (
          id,
          [
            "id": .text(Text(id)), "status": .text(Text(status)),
            "created": "2026-01-02T03:04:05.000Z", "profile": .object(profile),
            "credentials": ["provider": ["type": "OKTA", "name": "OKTA"]],
          ]
        )
      )
      return id
    }
  }

  /// Adds a group.
  @discardableResult
  public func addGroup(_ name: String, members: [String] = []) -> String {
    state.withLock { state in
      let id = "00g\(state.groups.count + 1)"
      let object: Object = ["id": .text(Text(id)), "profile": ["name": .text(Text(name))]]
      state.groups.append((id, object, members))
      return id
    }
  }

  /// Refuses requests with status 429: so many, after so many others.
  public func refuse(_ count: Int, after others: Int = 0) {
    state.withLock { $0.refused = others..<others + count }
  }

  /// The members of a group, in the order in which they came.
  public func members(of group: String) -> [String] {
    state.withLock { $0.groups.first { $0.id == group }?.members ?? [] }
  }

  /// A user by id or login.
  public func user(_ name: String) -> Object? {
    state.withLock { Self.user(name, $0) }
  }

  /// What it does to a request.
  public func answer(_ request: StandInRequest, at url: String) -> StandInReaction {
    guard request.field("authorization") == "SSWS \(Self.token)" else {
      return Self.failure(401, "E0000011", "Invalid token provided")
    }
    let isRefused = state.withLock { state in
      let isRefused = state.refused.lowerBound <= 0 && state.refused.upperBound > 0
      state.refused = state.refused.lowerBound - 1..<state.refused.upperBound - 1
      return isRefused
    }
    if isRefused {
      return .json(
        "{\"errorCode\":\"E0000047\",\"errorSummary\":\"API call exceeded rate limit\"}",
        [("X-Rate-Limit-Reset", "1767225602")],
        status: 429
      )
    }
    let parts = request.path.split(separator: "/").map { $0.removingPercentEncoding ?? "" }
    guard parts.starts(with: ["api", "v1"]) else {
      return Self.failure(404, "E0000022", "no endpoint")
    }
    return state.withLock { state in
      route(request, Array(parts.dropFirst(2)), url, &state)
    }
  }

  private func route(
    _ request: StandInRequest,
    _ parts: [String],
    _ url: String,
    _ state: inout State
  ) -> StandInReaction {
    switch (request.method, parts.first ?? "", parts.count) {
    case ("GET", "users", 1):
      return page(state.users.map(\.object).filter { Self.matches($0, request) }, request, url)
    case ("POST", "users", 1): return create(request, &state)
    case ("GET", "users", 2):
      return Self.user(parts[1], state).map(Self.object) ?? Self.missing(parts[1], "User")
    case ("POST", "users", 2): return update(parts[1], request, &state)
    case ("POST", "users", 4) where parts[2] == "lifecycle":
      return lifecycle(parts[1], parts[3], &state)
    case ("GET", "groups", 1): return page(state.groups.map(\.object), request, url)
    case ("GET", "groups", 3) where parts[2] == "users":
      guard let group = state.groups.first(where: { $0.id == parts[1] }) else {
        return Self.missing(parts[1], "UserGroup")
      }
      return page(group.members.compactMap { Self.user($0, state) }, request, url)
    case ("PUT", "groups", 4): return change(parts, &state) { $0.append(parts[3]) }
    case ("DELETE", "groups", 4):
      return change(parts, &state) { members in members.removeAll { $0 == parts[3] } }
    default: return Self.failure(404, "E0000022", "The endpoint does not support the HTTP method")
    }
  }
}

extension OktaStandIn {
  private static func user(_ name: String, _ state: State) -> Object? {
    state.users.first { user in
      guard case .object(let profile)? = user.object["profile"] else { return false }
      return user.id == name || profile["login"] == .text(Text(name))
    }?.object
  }

  private static func matches(_ user: Object, _ request: StandInRequest) -> Bool {
    guard let search = request.query.removingPercentEncoding,
      let status = search.firstRange(of: "status eq \"")
    else { return true }
    let wanted = search[status.upperBound...].prefix { $0 != "\"" }
    return user["status"] == .text(Text(String(wanted)))
  }

  private func page(
    _ all: [Object],
    _ request: StandInRequest,
    _ url: String
  ) -> StandInReaction {
    let after = Self.parameter("after", request).flatMap(Int.init) ?? 0
    let size = min(pageSize, Self.parameter("limit", request).flatMap(Int.init) ?? pageSize)
    let end = min(all.count, after + size)
    let items = after < end ? all[after..<end].map { Value.object($0) } : []
    var fields: [(String, String)] = [("Link", "<\(url)\(request.target)>; rel=\"self\"")]
    if end < all.count {
      let others = request.query.split(separator: "&")
        .filter { !$0.hasPrefix("after=") && !$0.hasPrefix("limit=") }
      let query = (others.map(String.init) + ["after=\(end)", "limit=\(size)"])
        .joined(separator: "&")
      fields.append(("Link", "<\(url)\(request.path)?\(query)>; rel=\"next\""))
    }
    return .json(JSON.text(.list(items)).description, fields)
  }

  private static func parameter(_ name: String, _ request: StandInRequest) -> String? {
    request.query.split(separator: "&").first { $0.hasPrefix(name + "=") }
      .map { String($0.dropFirst(name.count + 1)) }
  }

  private func create(_ request: StandInRequest, _ state: inout State) -> StandInReaction {
    guard case .object(let body)? = try? JSON.parse(request.body),
      case .object(let profile)? = body["profile"], case .text(let login)? = profile["login"]
    else { return Self.failure(400, "E0000003", "The request body was not well-formed.") }
    guard Self.user(login.description, state) == nil else {
      return .json(
        "{\"errorCode\":\"E0000001\",\"errorSummary\":\"Api validation failed: login\","
          + "\"errorCauses\":[{\"errorSummary\":\"login: An object with this field already exists\"}]}",
        status: 400
      )
    }
    let id = "00u\(state.users.count + 1)"
    let isActive = !request.query.contains("activate=false")
    let user: Object = [
      "id": .text(Text(id)), "status": isActive ? "ACTIVE" : "STAGED",
      "created": "2026-01-02T03:04:05.000Z", "profile": .object(profile),
    ]
    state.users.append((id, user))
    return Self.object(user)
  }

  private func update(
    _ name: String,
    _ request: StandInRequest,
    _ state: inout State
  ) -> StandInReaction {
    guard let user = Self.user(name, state), case .text(let id)? = user["id"],
      let place = state.users.firstIndex(where: { $0.id == id.description }),
      case .object(let body)? = try? JSON.parse(request.body),
      case .object(let changes)? = body["profile"],
      case .object(var profile)? = user["profile"]
    else { return Self.missing(name, "User") }
    for (key, value) in changes { profile[key] = value }
    state.users[place].object["profile"] = .object(profile)
    return Self.object(state.users[place].object)
  }

  private func lifecycle(_ name: String, _ verb: String, _ state: inout State) -> StandInReaction {
    let statuses = ["suspend": "SUSPENDED", "unsuspend": "ACTIVE", "deactivate": "DEPROVISIONED"]
    guard let user = Self.user(name, state), case .text(let id)? = user["id"],
      let place = state.users.firstIndex(where: { $0.id == id.description })
    else { return Self.missing(name, "User") }
    guard let status = statuses[verb], user["status"] != .text(Text(status)) else {
      return Self.failure(400, "E0000001", "Api validation failed: \(verb)User")
    }
    state.users[place].object["status"] = .text(Text(status))
    return .json("{}")
  }

  private func change(
    _ parts: [String],
    _ state: inout State,
    _ change: (inout [String]) -> Void
  ) -> StandInReaction {
    guard let place = state.groups.firstIndex(where: { $0.id == parts[1] }) else {
      return Self.missing(parts[1], "UserGroup")
    }
    if !state.groups[place].members.contains(parts[3]) || state.users.isEmpty {
      change(&state.groups[place].members)
    } else {
      var members = state.groups[place].members
      change(&members)
      if members.count < state.groups[place].members.count { state.groups[place].members = members }
    }
    return .reply(204, [], [])
  }

  private static func object(_ object: Object) -> StandInReaction {
    .json(JSON.text(.object(object)).description)
  }

  private static func missing(_ name: String, _ kind: String) -> StandInReaction {
    failure(404, "E0000007", "Not found: Resource not found: \(name) (\(kind))")
  }

  private static func failure(_ status: Int, _ code: String, _ summary: String) -> StandInReaction {
    let body: Value = [
      "errorCode": .text(Text(code)), "errorSummary": .text(Text(summary)), "errorCauses": [],
    ]
    return .json(JSON.text(body).description, status: status)
  }
}
