public import Values

/// The ids of executions.
public enum ExecutionID {
  /// How many bytes an id is made of.
  public static let byteCount = 16

  /// The id that 16 unpredictable bytes stand for, written as uuids are.
  ///
  /// - Precondition: There are 16 bytes.
  public static func text(of bytes: [UInt8]) -> Text {
    precondition(bytes.count == byteCount, "An execution's id is made of 16 bytes.")
    let digits = Hexadecimal.encode(bytes).bytes
    let parts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { Text(wtf8: Array(digits[$0])) }
    return Text.joined(parts, separator: "-")
  }
}
