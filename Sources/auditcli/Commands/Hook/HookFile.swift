internal import Audit
internal import Values

/// A hook's file on the command line.
enum HookFile {
  /// The file's members, and the hook that they are.
  ///
  /// - Throws: `Failure`, naming file and member.
  static func read(_ path: String) throws -> (members: Object, hook: Hook) {
    let bytes = try InputFile(path).bytes
    do {
      let hook = try Hook(file: bytes)
      guard case .object(let members) = try JSON.parse(bytes) else {
        throw Failure("\(path): a hook's file is an object")
      }
      return (members, hook)
    } catch let error as HookFileError {
      throw Failure("\(path): \(error)")
    }
  }
}
