import Connectors
import Flows
import Foundation
import TestSupport
import Testing
import Values

@Suite("The descriptions that come along ask as their services want")
struct ShippedDescriptionTests {
  /// A card, and the request that it becomes: `VERB target body`.
  struct Card: Sendable, CustomTestStringConvertible {
    let connector: Text
    let method: Text
    let inputs: Object
    let requests: [String]
    var testDescription: String { "\(connector):\(method)" }

    init(_ connector: Text, _ method: Text, _ inputs: Object, _ requests: String...) {
      (self.connector, self.method, self.inputs) = (connector, method, inputs)
      self.requests = requests
    }
  }

  private static let cards = [
    Card(
      "office365admin",
      "disableUserAccount",
      ["User/id": "ines@example.com"],
      "PATCH /users/ines%40example.com {\"accountEnabled\":false}"
    ),
    Card(
      "office365admin",
      "addUserToGroup",
      ["User/id": "ines@example.com", "Group/id": "g1"],
      "GET /users/ines%40example.com?%24select=id ",
      "POST /groups/g1/members/$ref "
        + "{\"@odata.id\":\"https://graph.microsoft.com/v1.0/directoryObjects/id-1\"}"
    ),
    Card(
      "servicenow",
      "createIncident",
      ["Incident/Short description": "A", "Incident/Description": "B"],
      "POST /api/now/table/incident {\"short_description\":\"A\",\"description\":\"B\"}"
    ),
    Card(
      "googledirectory",
      "deactivateUser",
      ["User/ID": "1"],
      "PUT /admin/directory/v1/users/1 {\"suspended\":true}"
    ),
    Card(
      "opsgenie",
      "createTeam",
      ["Team/name": "On call"],
      "POST /v2/teams {\"name\":\"On call\"}"
    ),
    Card(
      "salesforce2_29",
      "deactivateUser",
      ["User/User ID": "005X"],
      "PATCH /services/data/v59.0/sobjects/User/005X {\"IsActive\":false}"
    ),
    Card(
      "auth0_293ca73e",
      "readUser_kd7",
      ["User/id_x7": "auth0|1"],
      "GET /api/v2/users/auth0%7C1 "
    ),
    Card(
      "opsgenie",
      "customAPIAction",
      ["parameters/requestType": "GET", "Request/Relative URL": "/v2/alerts"],
      "GET /v2/alerts "
    ),
    Card(
      "oktaprivilegedaccess",
      "customApiAction_KC4ijKL5WC",
      [
        "parameters/request_type_QBJ3VI": "POST", "Inputs/relative_url_9KSKGU": "/v1/teams",
        "Inputs/body_SPVYBK": ["a": 1], "Inputs/query_7JH1QC": ["b": 2],
      ],
      "POST /v1/teams?b=2 {\"a\":1}"
    ),
  ]

  @Test(arguments: Self.cards)
  func `a card's request`(_ card: Card) throws {
    let server = try HTTPStandIn { _ in .json("{\"id\":\"id-1\",\"value\":[],\"data\":{}}") }
    defer { server.stop() }
    let reply = try Asking(
      """
      connections:
        - {connector: \(card.connector), url: "\(server.url)", networks: [127.0.0.1], token: tok-123}
      """
    ).ask(card.connector, card.method, card.inputs, outputs: [])
    _ = try reply.outputs()
    let sent = server.requests.map { "\($0.method) \($0.target) \($0.text)" }
    #expect(sent == card.requests)
    let isOpsgenie = card.connector == "opsgenie"
    #expect(
      server.requests.allSatisfy {
        $0.field("authorization") == (isOpsgenie ? "GenieKey tok-123" : "Bearer tok-123")
      }
    )
  }

  @Test func `a query language's quotes cannot be left, and further pages are read`() throws {
    let port = Port()
    let server = try HTTPStandIn { request in
      request.query.contains("skip")
        ? .json("{\"value\":[{\"id\":\"g2\",\"displayName\":\"B\"}]}")
        : .json(
          "{\"value\":[{\"id\":\"g1\",\"displayName\":\"A\"}],"
            + "\"@odata.nextLink\":\"\(port.url)/groups?skip=1\"}"
        )
    }
    defer { server.stop() }
    port.set(server.url)
    let found = try Asking(
      "connections: [{connector: office365admin, url: \"\(server.url)\", networks: [127.0.0.1]}]"
    ).ask(
      "office365admin",
      "searchGroups",
      [
        "parameters/filter_type": "eq", "parameters/resultSet": "All Matching Records",
        "Search/displayName": "o'n' or 1 eq 1",
      ],
      outputs: ["Results/Groups:object[]", "Result/Groups:object[]"]
    ).outputs()
    #expect(server.requests.count == 2)
    let query = server.requests[0].query.removingPercentEncoding ?? ""
    #expect(query.contains("'o''n'' or 1 eq 1'"))
    #expect(
      found.contains { _, value in
        if case .list(let groups) = value { groups.count == 2 } else { false }
      }
    )
  }

  @Test func `a failure of a custom action is told in the service's words`() throws {
    let server = try HTTPStandIn { _ in
      .json("{\"error\":{\"message\":\"no such team\"}}", status: 404)
    }
    defer { server.stop() }
    let error = try Asking(
      "connections: [{connector: microsoftteams, url: \"\(server.url)\", networks: [127.0.0.1]}]"
    ).ask(
      "microsoftteams",
      "customAPIAction",
      ["parameters/requestType": "GET", "Request/Relative URL": "/teams/1"]
    ).error()
    #expect(error.message == "no such team")
  }

  @Test(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
  func `most cards of the public packs that ask a service are described`() throws {
    let catalog = ConnectorCatalog()
    var described = 0
    var missing: [String: Int] = [:]
    for pack in SharedData.names(in: "okta-templates") {
      let bytes = try SharedData.bytes("okta-templates/\(pack)/workflow.flopack")
      for flow in try FlowPack.load(bytes, source: pack).flows {
        flow.body.forEachBody { body in
          for (place, card) in body.cards.enumerated() where !(place == 0 && card.isEvent) {
            guard case .connector(let method) = card.kind, method.connector != "stash",
              method != .close
            else { continue }
            if catalog.entry("\(method.connector)", "\(method.method)") != nil {
              described += 1
            } else {
              missing["\(method)", default: 0] += 1
            }
          }
        }
      }
    }
    let count = missing.values.reduce(0, +)
    print("described: \(described) of \(described + count) cards that ask a service")
    #expect(
      Double(described) > 0.85 * Double(described + count),
      "\(missing.sorted { $0.value > $1.value })"
    )
  }
}
