public import EventStore
internal import Crypto
public import Values

/// What somebody looked at: who, by which request, and the digest of what was shown.
public struct AccessRecord: Sendable {
  private let caller: String
  private let operation: String
  private let members: Object
  private let digest: [UInt8]

  /// Makes a record.
  ///
  /// - Parameters:
  ///   - caller: The name of the token that the request came with.
  ///   - operation: What was asked for, such as `GET /api/v1/logs`.
  ///   - members: What else tells what was shown, such as the query and the number of events.
  ///   - shown: The bytes that were shown.
  public init(caller: String, operation: String, _ members: Object, shown: [UInt8]) {
    self.caller = caller
    self.operation = operation
    self.members = members
    digest = Array(SHA256.hash(data: shown))
  }

  /// The event that tells of it, of type `log.read`.
  public var draft: EventStore.EventDraft {
    var data: Object = ["token": .text(Text(caller)), "operation": .text(Text(operation))]
    for (key, value) in members { data[key] = value }
    data["sha256"] = .text(Hexadecimal.encode(digest))
    var draft = EventStore.EventDraft(
      type: AccessEventType.read.rawValue,
      source: Array("auditcli".utf8),
      stream: StreamID(bytes: Array("access".utf8)),
      data: JSON.serialize(.object(data))
    )
    draft.subject = Array(operation.utf8)
    draft.actor = Array("token:\(caller)".utf8)
    draft.dictionaryClass = .recorded
    return draft
  }
}
