import Flows
import Replay
import Testing
import Values

@Suite struct EffectClassTests {
  @Test(arguments: [
    ("okta:readUser", EffectClass.read), ("okta:getUsersGroups", .read),
    ("okta:listUsersWithSearch", .read), ("okta:searchSystemLogs", .read),
    ("okta:createUser", .write), ("okta:createAnImportSession", .write),
    ("okta:clearUserSessions", .write), ("okta:hTTPRequest", .write),
    ("stash:searchRows2", .read), ("stash:readRow", .read), ("stash:exportToCSV", .read),
    ("stash:createRow", .write), ("stash:clearTable", .write),
    ("httpfunctions:get", .read), ("httpfunctions:post", .write), ("httpfunctions:delete", .write),
    ("httpfunctions:close", .reply), ("control:pause", .reply), ("control:pauseRaw", .reply),
    ("httpfunctions:raw", .write),
    ("slack:readUser2", .read), ("slack:sendDirectMessage2", .write),
    ("yubico:fprGetShipmentDetails_rYCC8JA72c", .read),
    ("yubico:fprCreateShipmentRequest_KwfBYYcw1", .write),
    ("googledrive:downloadFile", .read), ("opsgenie:buildTimeRestrictionsObject", .read),
    ("gmail:forwardEmails", .write), ("unknown:frobnicate", .write),
  ])
  func `the first verb of a method's name decides, and what is not known writes`(
    _ name: String,
    _ expected: EffectClass
  ) {
    let parts = name.split(separator: ":").map { Text(String($0)) }
    #expect(EffectClass(of: ConnectorMethod(connector: parts[0], method: parts[1])) == expected)
  }

  @Test(arguments: [
    ("requestType", "GET", EffectClass.read), ("requestType", "POST", .write),
    ("request_type_QBJ3VI", "GET", .read), ("Request/Method", "get", .read),
    ("Request/Method", "DELETE", .write),
  ])
  func `a card that sends any HTTP request is classed by its verb`(
    _ key: String,
    _ verb: String,
    _ expected: EffectClass
  ) {
    let request: Value = [
      "connector": "okta", "method": "hTTPRequest", "connection": .null,
      "options": .object([Text(key): .text(Text(verb))]), "inputs": [:],
    ]
    #expect(EffectClass(recorded: request) == expected)
  }

  @Test func `waiting is an effect and the clock is read`() {
    #expect(EffectClass(recorded: ["method": "wait", "inputs": [:]]) == .write)
    #expect(EffectClass(recorded: ["method": "now", "inputs": [:]]) == .read)
  }
}
