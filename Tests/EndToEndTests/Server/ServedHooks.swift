import Foundation
import TestSupport
import Testing
import Values

extension ProgramStore {
  /// Adds a hook and returns the secret that was drawn for it.
  func addHook(_ file: String, _ arguments: String...) throws -> String {
    let path = folder + "/hook-\(file.count)-\(abs(file.hashValue)).json"
    try write(file, to: path)
    let run = try must(["hook", "add", "--json", path] + arguments)
    guard case .text(let secret)? = try run.objects().first?["secret"] else { return "" }
    return secret.description
  }

  /// Adds a token and returns its text.
  func addToken(_ name: String, _ roles: String...) throws -> String {
    let run = try must(["token", "add", name, "--json"] + roles.flatMap { ["--role", $0] })
    guard case .text(let secret)? = try run.objects().first?["secret"] else { return "" }
    return secret.description
  }

  /// The data and attributes of the events of a type, in order.
  func events(_ type: String) throws -> [Object] {
    try must("export", "--json").objects().filter { $0["type"] == .text(Text(type)) }
  }
}

/// Deliveries as Okta's event hooks send them.
enum OktaDelivery {
  /// A user's addition to a group.
  static func body(_ number: Int, group: String = "No-Code Builders") -> [UInt8] {
    let id = String(format: "%012d", number)
    return Array(
      """
      {"eventType":"com.okta.event_hook","eventTypeVersion":"1.0","cloudEventsVersion":"0.1",\
      "source":"https://acme.example.com/api/v1/eventHooks/who1","eventId":"d-\(id)",\
      "data":{"events":[{"uuid":"00000000-0000-0000-0000-\(id)","published":"2026-09-14T08:00:00.000Z",\
      "eventType":"group.user_membership.add","version":"0","severity":"INFO",\
      "displayMessage":"Add user to group membership","actor":{"id":"00u1","type":"User",\
      "alternateId":"admin@example.com","displayName":"An Admin"},"outcome":{"result":"SUCCESS"},\
      "target":[{"id":"00u\(number)","type":"User","alternateId":"user\(number)@example.com",\
      "displayName":"User \(number)"},{"id":"00g1","type":"UserGroup","displayName":"\(group)"}]}]},\
      "eventTime":"2026-09-14T08:00:01.000Z","contentType":"application/json"}
      """.utf8
    )
  }

  /// Sends deliveries to the hook `h`, numbered from `first` on and so many microseconds apart, until the
  /// server is gone; returns the ids of those it took.
  static func pour(
    from first: Int,
    _ secret: String,
    to port: Int,
    pause: UInt32 = 0
  ) -> Set<String> {
    var taken: Set<String> = []
    for number in first..<first + 100_000 {
      let answer = try? HTTPExchange(
        "POST",
        "/hooks/okta/h",
        port: port,
        [("Authorization", secret)],
        body: body(number)
      )
      guard let answer, answer.status != 0 else { return taken }
      if answer.status == 204 { taken.insert("d-" + String(format: "%012d", number)) }
      if pause > 0 { usleep(pause) }
    }
    return taken
  }
}
