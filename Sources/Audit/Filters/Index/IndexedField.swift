/// A field of inbound events that the log keeps an index of.
///
/// The raw values stand in the log and are never given another meaning.
public enum IndexedField: UInt8, CaseIterable, Hashable, Sendable {
  /// What happened.
  case eventType = 1
  /// Who did it, by id.
  case actorID = 2
  /// Who did it, by login or mail.
  case actorAlternateID = 3
  /// What kind of thing did it.
  case actorType = 4
  /// What it was done to, by id.
  case targetID = 5
  /// What it was done to, by login or mail.
  case targetAlternateID = 6
  /// What kind of thing it was done to.
  case targetType = 7
  /// What it was done to, by name.
  case targetDisplayName = 8
  /// The address it came from.
  case clientIPAddress = 9
  /// How it ended.
  case outcomeResult = 10
  /// Why it ended so.
  case outcomeReason = 11
  /// How grave it is.
  case severity = 12
  /// The API token it was done with.
  case apiTokenID = 13
  /// The flow an execution-log entry is about.
  case flowID = 14
  /// The event's own id.
  case uuid = 32
  /// The request or job it belongs to.
  case transactionID = 33
  /// The session it happened in.
  case externalSessionID = 34
  /// The first of the sessions that led to it.
  case rootSessionID = 35
  /// The web request it belongs to.
  case requestID = 36
  /// The execution an execution-log entry is about.
  case executionID = 37
  /// The execution that caused that execution.
  case parentExecutionID = 38
  /// The first execution of that tree.
  case rootExecutionID = 39
}

extension IndexedField {
  /// Where the field stands in an event, as a filter names it.
  public var path: String {
    switch self {
    case .eventType: "eventType"
    case .actorID: "actor.id"
    case .actorAlternateID: "actor.alternateId"
    case .actorType: "actor.type"
    case .targetID: "target.id"
    case .targetAlternateID: "target.alternateId"
    case .targetType: "target.type"
    case .targetDisplayName: "target.displayName"
    case .clientIPAddress: "client.ipAddress"
    case .outcomeResult: "outcome.result"
    case .outcomeReason: "outcome.reason"
    case .severity: "severity"
    case .apiTokenID: "transaction.detail.requestApiTokenId"
    case .flowID: "flow_id"
    case .uuid: "uuid"
    case .transactionID: "transaction.id"
    case .externalSessionID: "authenticationContext.externalSessionId"
    case .rootSessionID: "authenticationContext.rootSessionId"
    case .requestID: "debugContext.debugData.requestId"
    case .executionID: "execution_id"
    case .parentExecutionID: "parent_execution_id"
    case .rootExecutionID: "root_execution_id"
    }
  }

  /// Whether nearly every event has its own value, so that a list of positions per value would be
  /// wasted on it.
  public var isNearUnique: Bool { rawValue >= 32 }
}

/// A value of an indexed field, in the form in which filters compare it.
public struct IndexTerm: Hashable, Sendable {
  /// The field.
  public let field: IndexedField
  /// The value, folded by `CaseFolding`.
  public let value: [UInt8]

  /// Creates a term of a value that is already folded.
  public init(field: IndexedField, value: [UInt8]) {
    self.field = field
    self.value = value
  }
}
