public import Foundation

/// Test data that is kept beside the package, in `../shared/data`, and never copied into it.
///
/// A test that needs it says `.enabled(if: SharedData.isPresent, "needs ../shared/data")`.
public enum SharedData {
  /// The folder, or nil where this machine has none.
  private static let folder: String? = {
    if let found = locate() { return found }
    print("skipped: tests over ../shared/data, which this machine does not have")
    return nil
  }()

  /// Whether the data is there; says so once on standard output where it is not.
  public static var isPresent: Bool { folder != nil }

  /// The path of a file or folder below `../shared/data`, whether or not it exists.
  public static func path(_ relative: String) -> String {
    (folder ?? "/nonexistent/shared/data") + "/" + relative
  }

  /// The address of a file or folder below `../shared/data`, whether or not it exists.
  public static func url(_ relative: String) -> URL {
    URL(fileURLWithPath: path(relative))
  }

  /// The bytes of a file below `../shared/data`.
  ///
  /// - Throws: Foundation's error where it cannot be read.
  public static func bytes(_ relative: String) throws -> [UInt8] {
    Array(try Data(contentsOf: url(relative)))
  }

  /// The names in a folder below `../shared/data`, sorted; none where there is no such folder.
  public static func names(in relative: String) -> [String] {
    guard isPresent else { return [] }
    let names = try? FileManager.default.contentsOfDirectory(atPath: path(relative))
    return (names ?? []).sorted()
  }

  /// Walks up from this source file to the package, then looks beside it.
  private static func locate(from file: String = #filePath) -> String? {
    var folder = URL(fileURLWithPath: file).deletingLastPathComponent()
    while folder.path != "/" {
      if FileManager.default.fileExists(atPath: folder.path + "/Package.swift") {
        let data = folder.deletingLastPathComponent().path + "/shared/data"
        return FileManager.default.fileExists(atPath: data) ? data : nil
      }
      folder.deleteLastPathComponent()
    }
    return nil
  }
}
