internal import Foundation

/// A file that holds secrets: only its owner can read it, and no half of it is ever there.
struct PrivateFile {
  private let path: String
  private let remedy: String

  /// Names a file; `remedy` says what can be done where it cannot be written.
  init(_ path: String, remedy: String) {
    self.path = path
    self.remedy = remedy
  }

  /// Its bytes, nil where there is no file.
  func bytes(_ path: String) throws -> [UInt8]? {
    FileManager.default.fileExists(atPath: path) ? try InputFile(path).bytes : nil
  }

  /// Keeps other processes from changing the file while `body` does, which is given its path.
  func locked<Result>(_ body: (_ path: String) throws -> Result) throws -> Result {
    let path = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("its folder cannot be opened") }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_EX) == 0 else { throw failure("its folder cannot be locked") }
    return try body(path)
  }

  /// Puts bytes in the place of the file at once, so that no half of it is ever there.
  func write(_ bytes: [UInt8], to path: String) throws {
    let draft = path + ".new"
    unlink(draft)
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure("it cannot be written") }
    guard WholeFile.write(bytes, to: descriptor) else {
      let error = failure("it cannot be written")
      close(descriptor)
      unlink(draft)
      throw error
    }
    guard fsync(descriptor) == 0, close(descriptor) == 0, rename(draft, path) == 0 else {
      let error = failure("it cannot be written")
      unlink(draft)
      throw error
    }
    try syncFolder(of: path)
  }

  /// Makes a name in a folder durable, which the file's own bytes are not enough for.
  private func syncFolder(of path: String) throws {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("its folder cannot be opened") }
    defer { close(descriptor) }
    // Some file systems have no such thing for folders.
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw failure("its folder cannot be synced")
    }
  }

  private func failure(_ what: String) -> Failure {
    Failure("\(path): \(what): \(String(cString: strerror(errno))). \(remedy)")
  }
}
