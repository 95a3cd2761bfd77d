internal import Values

/// Names that the format gives a meaning, made once: a text of a literal is an allocation.
enum FormatNames {
  /// The group that the engine fills.
  static let context: Text = "context"
  static let executionID: Text = "execution_id"
  static let index: Text = "index"
  static let error: Text = "error"
  static let parent: Text = "parent"
  static let memo = FieldName(key: "memo")
  static let result = FieldName(key: "result")
  static let message = FieldName(key: "message")
  static let statusCode = FieldName(key: "statusCode")
  static let stopMessage = FieldName(group: "otherwise", key: "message")
  static let recordsStreamed: Text = "Records Streamed"
  /// The inputs of the cards that raise an author's error; all others travel with it.
  static let errorInputs: [FieldName] = [
    message, statusCode, "left-operand", "operator", "right-operand",
  ]
}

extension FieldName {
  /// Whether the engine fills the field.
  var isContext: Bool { group == FormatNames.context }
}
