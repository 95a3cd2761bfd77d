import Flows
import TestSupport
import Values

/// The public flow packs beside the package.
enum SharedPacks {
  /// The packs, by the names of their folders.
  static let names: [String] = SharedData.names(in: "okta-templates")

  static func load(_ name: String) throws -> FlowPack {
    try FlowPack.load(
      SharedData.bytes("okta-templates/\(name)/workflow.flopack"),
      source: name
    )
  }

  /// All packs; loaded once.
  static let all: Result<[FlowPack], any Error> = Result { try names.map(load) }
}

/// The 41 function cards that run four of five public flows.
enum FirstCards {
  static let addresses: [CardAddress] = [
    "control:callable", "control:comment", "date:now", "list:construct", "object:construct",
    "date:add", "object:merge", "string:compose", "object:pick", "object:expand",
    "list:asyncEach", "control:spawn", "control:return", "control:continueIf", "control:noop",
    "list:at", "control:tryCatch", "list:each", "control:let", "control:join", "control:if",
    "string:concat", "object:get", "http:accept", "json:parse", "http:delegated", "list:length",
    "list:pluck", "list:map", "string:split", "list:join", "control:branch", "date:subtract",
    "control:assignIf", "control:returnRaw", "list:findBy", "date:fromISO", "control:run",
    "list:filterBy", "control:throwIf", "date:format",
  ]

  static let table = CardTable(addresses.compactMap { CardTable.standard[$0] })
}
