internal import Foundation
internal import Replay

/// The folder of a suite.
struct SuiteFolder {
  /// What messages call it.
  let path: String

  /// The suite that is in it.
  ///
  /// - Throws: `SuiteError` with the file, line and member at fault; `Failure` where it cannot be read.
  func suite() throws -> Suite {
    try named {
      let names = try names()
      return try Suite(
        try names.map { name in
          SuiteFile(name: name, bytes: try InputFile("\(path)/\(name)").bytes)
        }
      )
    }
  }

  /// What `body` gives; an error names the file as somebody finds it.
  func named<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as SuiteError where !error.file.isEmpty {
      throw SuiteError(
        file: "\(path)/\(error.file)",
        line: error.line,
        field: error.field,
        reason: error.reason
      )
    }
  }

  /// The names of the files, below the folder; nothing else is in it, and nothing leads elsewhere.
  ///
  /// - Throws: `SuiteError` with what is no file of a suite; `Failure` where there is no such folder.
  func names() throws -> [String] {
    guard let kind = Self.kind(of: path, following: true) else {
      throw Failure("\(path): there is no such folder. `auditcli replay --save-suite` makes one.")
    }
    guard kind == S_IFDIR else { throw Failure("\(path) is no folder. Name that of a suite.") }
    return try entries(of: path).flatMap { name -> [String] in
      guard SuiteFile.folders.contains(name) else { return [try checked(name)] }
      guard Self.kind(of: "\(path)/\(name)") == S_IFDIR else { throw SuiteError.foreign(name) }
      return try entries(of: "\(path)/\(name)").map { try checked("\(name)/\($0)") }
    }
  }

  private func checked(_ name: String) throws -> String {
    guard SuiteFile.isName(name), Self.kind(of: "\(path)/\(name)") == S_IFREG else {
      throw SuiteError.foreign(name)
    }
    return name
  }

  private func entries(of folder: String) throws -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    } catch {
      throw Failure("\(folder) cannot be read. See who may read it.")
    }
  }

  /// What stands at a path, nil where nothing does.
  static func kind(of path: String, following: Bool = false) -> mode_t? {
    var state = stat()
    guard (following ? stat(path, &state) : lstat(path, &state)) == 0 else { return nil }
    return state.st_mode & S_IFMT
  }
}
