internal import Foundation
internal import Glibc

/// A folder for the stores of a run, removed at its end.
struct Workspace {
  let path: String

  /// Does `body` with a fresh folder.
  static func with<Result>(_ body: (Workspace) throws -> Result) throws -> Result {
    let path = FileManager.default.currentDirectoryPath + "/.build/bench-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(Workspace(path: path))
  }

  /// A fresh folder inside, removed when `body` ends.
  func inFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = path + "/" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body(folder)
  }

  /// The bytes of a file.
  static func size(of file: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: file)
    return (attributes[.size] as? NSNumber)?.intValue ?? 0
  }

  /// The bytes that the files of a folder take on disk.
  static func bytesOnDisk(_ folder: String) throws -> Int {
    try FileManager.default.subpathsOfDirectory(atPath: folder).reduce(0) { sum, name in
      var information = stat()
      guard lstat(folder + "/" + name, &information) == 0 else { return sum }
      return sum + Int(information.st_blocks) * 512
    }
  }
}
