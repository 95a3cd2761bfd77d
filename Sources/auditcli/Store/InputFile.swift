internal import Foundation

/// A file to read: mapped where it is one, gathered where it is a pipe.
struct InputFile {
  /// What messages call it.
  let name: String
  private let data: Data

  /// Opens the file at `path`; `-` stands for standard input.
  init(_ path: String) throws {
    name = path
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw Failure("\(path) is a folder. Name the files in it.")
    }
    guard path == "-" || access(path, R_OK) == 0 else {
      throw Failure("\(path) cannot be read: \(String(cString: strerror(errno)))")
    }
    do {
      data =
        path == "-"
        ? try FileHandle.standardInput.readToEnd() ?? Data()
        : try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
    } catch {
      throw Failure("\(path) cannot be read: \(Self.reason(error))")
    }
  }

  /// How many bytes there are.
  var count: Int { data.count }

  /// A copy of the bytes.
  var bytes: [UInt8] { Array(data) }

  /// Lends the bytes.
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try data.withUnsafeBytes(body)
  }

  private static func reason(_ error: any Error) -> String {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    guard let code = underlying?.code else { return error.localizedDescription }
    return String(cString: strerror(Int32(code)))
  }
}
