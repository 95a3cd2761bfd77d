/// A card that decides what runs, whom to call or how a flow ends; the interpreter carries it out.
public enum ControlKind: Hashable, Sendable, CaseIterable {
  /// A note without meaning at run time.
  case comment
  /// The head of a flow that is called or scheduled.
  case callable
  /// The head of a flow that answers HTTP requests.
  case accept
  /// The head of a flow that an administrator starts.
  case delegated
  /// The head of an arm, or a placeholder.
  case noop
  /// If/Else.
  case ifElse
  /// The end of an If/Else.
  case join
  /// If/ElseIf.
  case branch
  /// If Error.
  case tryCatch
  /// Assign.
  case assign
  /// Continue If.
  case continueIf
  /// Return.
  case returnFields
  /// Return Raw.
  case returnRaw
  /// Return Error.
  case throwError
  /// Return Error If.
  case throwErrorIf
  /// Call Flow.
  case callFlow
  /// Call Flow Async.
  case callFlowAsync
  /// Repeat.
  case times
  /// Wait For.
  case wait
  /// For Each.
  case each
  /// For Each - Ignore Errors.
  case eachIgnoringErrors
  /// Map.
  case map
  /// Filter Custom.
  case filter
  /// Reduce.
  case reduce
  /// Map to List.
  case mapObject
  /// Export Flow.
  case exportFlow
  /// Find Custom.
  case find
  /// Unique Custom.
  case unique
  /// Sort Custom.
  case sort
  /// For Each of an object.
  case eachMember
  /// Map of an object.
  case process
  /// Paginate.
  case paginate
  /// Pause.
  case pause
  /// Pause Raw.
  case pauseRaw
}

extension ControlKind {
  /// The card's address.
  public var address: CardAddress {
    switch self {
    case .comment: "control:comment"
    case .callable: "control:callable"
    case .accept: "http:accept"
    case .delegated: "http:delegated"
    case .noop: "control:noop"
    case .ifElse: "control:if"
    case .join: "control:join"
    case .branch: "control:branch"
    case .tryCatch: "control:tryCatch"
    case .assign: "control:let"
    case .continueIf: "control:continueIf"
    case .returnFields: "control:return"
    case .returnRaw: "control:returnRaw"
    case .throwError: "control:throw"
    case .throwErrorIf: "control:throwIf"
    case .callFlow: "control:spawn"
    case .callFlowAsync: "control:run"
    case .times: "control:times"
    case .wait: "control:wait"
    case .each: "list:each"
    case .eachIgnoringErrors: "list:asyncEach"
    case .map: "list:map"
    case .filter: "list:filter"
    case .reduce: "list:reduce"
    case .mapObject: "object:map"
    case .exportFlow: "utility:exportFlo"
    case .find: "list:find"
    case .unique: "list:unique"
    case .sort: "list:sort"
    case .eachMember: "object:each"
    case .process: "object:process"
    case .paginate: "http:paginate"
    case .pause: "control:pause"
    case .pauseRaw: "control:pauseRaw"
    }
  }
}
