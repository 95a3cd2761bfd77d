import Foundation
import TestSupport
import Testing
import Values

/// An org on loopback and a store that pulls its System Log, each in a process of its own.
struct PulledOrg {
  let store: ProgramStore
  let org: SystemLogStandIn
  let server: HTTPStandIn
  let connections: String

  /// Gives an org and a fresh store to `body`; the store is verified afterwards.
  static func with(pageSize: Int = 50, _ body: (PulledOrg) throws -> Void) throws {
    let org = SystemLogStandIn(pageSize: pageSize)
    let server = try HTTPStandIn { request in
      org.answer(request, at: "http://\(request.field("host") ?? "")")
    }
    defer { server.stop() }
    try withProgramStore { store in
      let connections = try store.connections(connection(server.url))
      try body(PulledOrg(store: store, org: org, server: server, connections: connections))
    }
  }

  static func connection(_ url: String, token: String = OktaStandIn.token) -> String {
    """
      - connector: okta
        name: Acme
        url: \(url)
        networks: [127.0.0.1]
        token: \(token)

    """
  }

  var arguments: [String] { ["--connections", connections, "--since", "2026-01-01"] }

  @discardableResult
  func pull(_ more: String..., endWith status: Int32 = 0) throws -> ProgramRun {
    try store.must(["pull", "okta", "--json"] + arguments + more, endWith: status)
  }

  static func entries(_ count: Int, seed: UInt64 = 8) -> [[UInt8]] {
    var generator = EventGenerator(seed: seed)
    return (0..<count).map { _ in generator.nextEvent() }
  }

  /// What the log holds, without when it was recorded and in which store.
  static func contents(_ store: ProgramStore) throws -> [Object] {
    try store.must("export", "--json").objects().filter { $0.has("data") }.map { event in
      var event = event
      event["recordedtime"] = nil
      return event
    }
  }
}
