/// A suite that cannot be used, with the place where it cannot.
public struct SuiteError: Error, Hashable, Sendable {
  /// The file, below the suite's folder; empty where the whole suite is meant.
  public let file: String
  /// The line, from 1; nil where the whole file is meant.
  public let line: Int?
  /// The member of the line; empty where the whole line is meant.
  public let field: String
  /// What is wrong and what to do; no value of a recording is in it.
  public let reason: String

  /// Makes an error.
  public init(file: String, line: Int? = nil, field: String = "", reason: String) {
    self.file = file
    self.line = line
    self.field = field
    self.reason = reason
  }
}

extension SuiteError {
  /// What can be done where files are not as they were saved.
  public static let remedy =
    "Take it back from version control, or save the suite again with `auditcli replay --save-suite`."

  static func damaged(
    _ file: String,
    line: Int? = nil,
    field: String = "",
    _ reason: String
  ) -> SuiteError {
    SuiteError(file: file, line: line, field: field, reason: "\(reason). \(remedy)")
  }
}

extension SuiteError: CustomStringConvertible {
  /// File, line, member and reason.
  public var description: String {
    let place = line.map { "\(file):\($0)" } ?? file
    return [place, field, reason].filter { !$0.isEmpty }.joined(separator: ": ")
  }
}
