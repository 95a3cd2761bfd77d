internal import Flows
internal import Values

/// The keys and words that stand in a recording's events, written once.
enum RecordedKey {
  static let execution: StaticString = "execution"
  static let root: StaticString = "root"
  static let parent: StaticString = "parent"
  static let step: StaticString = "step"
  static let index: StaticString = "index"
  static let flow: StaticString = "flow"
  static let name: StaticString = "name"
  static let carries: StaticString = "carries"
  static let status: StaticString = "status"
  static let result: StaticString = "result"
  static let steps: StaticString = "steps"
  static let cards: StaticString = "cards"
  static let ordinal: StaticString = "ordinal"
  static let attempt: StaticString = "attempt"
  static let request: StaticString = "request"
  static let hash: StaticString = "hash"
  static let card: StaticString = "card"
  static let address: StaticString = "address"
  static let inputs: StaticString = "inputs"
  static let arguments: StaticString = "arguments"
  static let outputs: StaticString = "outputs"
  static let requests: StaticString = "requests"
  static let callees: StaticString = "callees"
  static let answer: StaticString = "answer"
  static let options: StaticString = "options"
  static let version: StaticString = "version"
  static let engine: StaticString = "engine"
  static let mode: StaticString = "mode"
  static let actor: StaticString = "actor"
  static let trigger: StaticString = "trigger"
  static let triggeredBy: StaticString = "triggeredBy"
  static let id: StaticString = "id"
  static let type: StaticString = "type"
  static let repairs: StaticString = "repairs"
  static let knownAs: StaticString = "knownAs"
  static let input: StaticString = "input"
  static let salt: StaticString = "salt"
  static let savesData: StaticString = "savesData"
  static let decision: StaticString = "decision"
  static let why: StaticString = "why"
  static let stoppedBy: StaticString = "stoppedBy"
  static let message: StaticString = "message"
  static let response: StaticString = "response"
  static let statusCode: StaticString = "statusCode"
  static let headers: StaticString = "headers"
  static let body: StaticString = "body"
  static let inDoubt: StaticString = "inDoubt"
  static let error: StaticString = "error"
  static let value: StaticString = "value"
  static let path: StaticString = "path"
  static let fatal: StaticString = "fatal"
  static let kind: StaticString = "kind"
  static let details: StaticString = "details"
  static let wait: StaticString = "wait"
  static let positions: StaticString = "positions"
  static let recording: StaticString = "recording"
  static let records: StaticString = "records"
  static let failure: StaticString = "failure"
  static let unknown: StaticString = "unknown"
  static let connector: StaticString = "connector"
  static let method: StaticString = "method"
  static let connection: StaticString = "connection"

  /// Where a long value stands by its length and hash.
  static let reference: StaticString = "$ref"
  static let length: StaticString = "length"
  static let sha256: StaticString = "sha256"

  static let succeeded: Text = "succeeded"

  /// The member that names an execution.
  static func member(_ execution: Text) -> JSONFragment {
    JSONFragment(members: [Self.execution: JSONFragment(execution)])
  }

  static func text(of status: ExecutionStatus) -> Text {
    status == .succeeded ? succeeded : Text(status.rawValue)
  }

  static func text(of status: StepStatus) -> Text {
    status == .succeeded ? succeeded : Text(status.rawValue)
  }
}
