internal import Foundation

/// The package's own folder, wherever the tests run.
public enum PackageFolder {
  /// The folder that holds `Package.swift`.
  public static let folder: String = {
    var folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    while folder.path != "/", !exists(folder.path + "/Package.swift") {
      folder.deleteLastPathComponent()
    }
    return folder.path
  }()

  /// The path of a file below the package's folder, whether or not it exists.
  public static func path(_ relative: String) -> String { folder + "/" + relative }

  /// Whether there is a file or folder at a path.
  public static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path)
  }
}
