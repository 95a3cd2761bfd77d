internal import Foundation
internal import Synchronization

/// A fresh folder for the length of `body`; it is removed afterwards, whatever happens.
public func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("auditcli-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder.path)
}

/// A fresh folder that lives until this process ends, for what many tests share.
///
/// - Throws: Foundation's error where it cannot be made.
public func makeLastingFolder() throws -> String {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("auditcli-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  lastingFolders.withLock { folders in
    if folders.isEmpty {
      atexit {
        for folder in lastingFolders.withLock({ $0 }) {
          try? FileManager.default.removeItem(atPath: folder)
        }
      }
    }
    folders.append(folder.path)
  }
  return folder.path
}

private let lastingFolders = Mutex<[String]>([])
