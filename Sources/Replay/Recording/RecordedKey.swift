internal import Flows
internal import Values

/// The keys and words that stand in a recording's events, written once.
enum RecordedKey {
  static let execution: JSONKey = "execution"
  static let root: JSONKey = "root"
  static let parent: JSONKey = "parent"
  static let step: JSONKey = "step"
  static let index: JSONKey = "index"
  static let flow: JSONKey = "flow"
  static let name: JSONKey = "name"
  static let carries: JSONKey = "carries"
  static let status: JSONKey = "status"
  static let result: JSONKey = "result"
  static let steps: JSONKey = "steps"
  static let ordinal: JSONKey = "ordinal"
  static let attempt: JSONKey = "attempt"
  static let request: JSONKey = "request"
  static let hash: JSONKey = "hash"
  static let card: JSONKey = "card"
  static let address: JSONKey = "address"
  static let inputs: JSONKey = "inputs"
  static let arguments: JSONKey = "arguments"
  static let outputs: JSONKey = "outputs"
  static let requests: JSONKey = "requests"
  static let callees: JSONKey = "callees"
  static let answer: JSONKey = "answer"
  static let options: JSONKey = "options"
  static let version: JSONKey = "version"
  static let engine: JSONKey = "engine"
  static let mode: JSONKey = "mode"
  static let actor: JSONKey = "actor"
  static let trigger: JSONKey = "trigger"
  static let triggeredBy: JSONKey = "triggeredBy"
  static let id: JSONKey = "id"
  static let type: JSONKey = "type"
  static let repairs: JSONKey = "repairs"
  static let input: JSONKey = "input"
  static let salt: JSONKey = "salt"
  static let savesData: JSONKey = "savesData"
  static let decision: JSONKey = "decision"
  static let why: JSONKey = "why"
  static let stoppedBy: JSONKey = "stoppedBy"
  static let message: JSONKey = "message"
  static let response: JSONKey = "response"
  static let statusCode: JSONKey = "statusCode"
  static let headers: JSONKey = "headers"
  static let body: JSONKey = "body"
  static let inDoubt: JSONKey = "inDoubt"
  static let error: JSONKey = "error"
  static let value: JSONKey = "value"
  static let path: JSONKey = "path"
  static let fatal: JSONKey = "fatal"
  static let kind: JSONKey = "kind"
  static let details: JSONKey = "details"
  static let wait: JSONKey = "wait"
  static let positions: JSONKey = "positions"
  static let records: JSONKey = "records"
  static let failure: JSONKey = "failure"
  static let unknown: JSONKey = "unknown"
  static let connector: JSONKey = "connector"
  static let method: JSONKey = "method"
  static let connection: JSONKey = "connection"

  /// Where a long value stands by its length and hash.
  static let reference: JSONKey = "$ref"
  static let length: JSONKey = "length"
  static let sha256: JSONKey = "sha256"

  static let succeeded: Text = "succeeded"

  static func text(of status: ExecutionStatus) -> Text {
    status == .succeeded ? succeeded : Text(status.rawValue)
  }

  static func text(of status: StepStatus) -> Text {
    status == .succeeded ? succeeded : Text(status.rawValue)
  }
}
