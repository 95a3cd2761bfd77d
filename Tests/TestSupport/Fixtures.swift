internal import Foundation

/// The package's own fixtures.
public enum Fixtures {
  /// The path of a file below `fixtures`.
  public static func path(_ relative: String, from file: String = #filePath) -> String {
    var folder = URL(fileURLWithPath: file).deletingLastPathComponent()
    while folder.path != "/",
      !FileManager.default.fileExists(atPath: folder.path + "/fixtures")
    {
      folder.deleteLastPathComponent()
    }
    return folder.path + "/fixtures/" + relative
  }

  /// The bytes of a file below `fixtures`.
  ///
  /// - Throws: Foundation's error where it cannot be read.
  public static func bytes(_ relative: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path(relative))))
  }
}
