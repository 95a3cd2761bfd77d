public import Flows
public import Values

/// The error of a recorded step or execution.
public struct RecordedError: Error, Hashable, Sendable {
  /// What the card raised.
  public let error: CardError
  /// The error as *If Error* bodies and error flows saw it.
  public let value: Object
  /// The path of the innermost step that failed.
  public let path: Text
  /// Whether the run was ended, by a limit or for want of an answer, which no card can handle.
  public let isFatal: Bool

  /// Makes an error.
  public init(error: CardError, value: Object, path: Text, isFatal: Bool) {
    self.error = error
    self.value = value
    self.path = path
    self.isFatal = isFatal
  }

  /// An error from outside the flow, which ends the run at the step that waits.
  init(ending error: CardError, at path: Text) {
    self.init(
      error: error,
      value: [
        "message": .text(error.message), "code": .number(error.statusCode),
        "statusCode": .number(error.statusCode), "kind": .text(error.kind.name),
      ],
      path: path,
      isFatal: true
    )
  }

  /// The error that an interpreter raised.
  public init(_ raised: RaisedError) {
    self.init(
      error: raised.error,
      value: raised.value,
      path: raised.path,
      isFatal: raised.isFatal
    )
  }
}
