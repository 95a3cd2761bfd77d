internal import Foundation

/// A file that is written whole or not at all: what was there before stays until all of the new is on disk.
struct WholeFile {
  private let path: String
  private let folder: String
  private let permissions: mode_t

  /// Checks that a file can be written there, so that nobody waits long to learn that it cannot.
  ///
  /// - Throws: `Failure` where there is no such folder, it cannot be written, or a folder has the name.
  init(_ path: String, permissions: mode_t = 0o666) throws {
    self.permissions = permissions
    // Where a link stands, the file that it leads to is written, and the link stays.
    self.path = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    folder = URL(fileURLWithPath: self.path).deletingLastPathComponent().path
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: self.path, isDirectory: &isFolder), isFolder.boolValue
    {
      throw Failure("\(path) is a folder. Name a file.")
    }
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder),
      isFolder.boolValue
    else { throw Failure("\(path) cannot be written: there is no folder \(folder).") }
    guard access(folder, W_OK | X_OK) == 0 else { throw failure() }
  }

  /// Puts bytes in the place of the file at once.
  func write(_ bytes: [UInt8]) throws {
    let name = URL(fileURLWithPath: path).lastPathComponent
    let draft = "\(folder)/.\(name.prefix(64)).\(getpid())"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, permissions)
    guard descriptor >= 0 else { throw failure() }
    guard Self.write(bytes, to: descriptor), fsync(descriptor) == 0 else {
      let error = failure()
      close(descriptor)
      unlink(draft)
      throw error
    }
    guard close(descriptor) == 0, rename(draft, path) == 0 else {
      let error = failure()
      unlink(draft)
      throw error
    }
  }

  /// Writes all bytes; false where that fails, and `errno` tells why.
  static func write(_ bytes: [UInt8], to descriptor: CInt) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  private func failure() -> Failure {
    Failure("\(path) cannot be written: \(String(cString: strerror(errno))).")
  }
}
