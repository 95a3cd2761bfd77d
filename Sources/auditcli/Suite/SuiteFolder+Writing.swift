internal import Foundation
internal import Replay

extension SuiteFolder {
  /// Puts a suite in the place of what is there, at once: whoever looks finds the former or the new one.
  ///
  /// - Throws: `Failure` where something else than a suite is there, or it cannot be written;
  ///   `SuiteError` with what is no file of the suite that is there.
  func replace(with files: [SuiteFile]) throws {
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let parent = URL(fileURLWithPath: target).deletingLastPathComponent().path
    let lock = try open(parent)
    defer { close(lock) }
    guard flock(lock, LOCK_EX) == 0 else { throw failure("the folder above it cannot be locked") }
    let isThere = try checkReplaceable(target)
    let draft = "\(parent)/.\(URL(fileURLWithPath: target).lastPathComponent.prefix(200)).new"
    // What a save that was killed has left.
    try remove(draft)
    do {
      try write(files, into: draft)
      try isThere ? FolderSwap.exchange(draft, target) : FolderSwap.move(draft, to: target)
    } catch {
      try? remove(draft)
      throw error
    }
    guard fsync(lock) == 0 || errno == EINVAL else { throw failure("it cannot be synced") }
    try remove(draft)
  }

  /// Whether a suite is there, which may be replaced.
  ///
  /// - Throws: Where anything else is there.
  private func checkReplaceable(_ target: String) throws -> Bool {
    guard let kind = Self.kind(of: target) else { return false }
    guard kind == S_IFDIR else { throw Failure("\(path) is no folder. Name another.") }
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: target)) ?? []
    guard !entries.isEmpty else { return true }
    guard entries.contains(SuiteFile.manifest) else {
      throw Failure(
        "\(path) has something else in it than a suite, which nothing replaces. Name another folder."
      )
    }
    _ = try named { try SuiteFolder(path: target).names() }
    return true
  }

  private func write(_ files: [SuiteFile], into folder: String) throws {
    for name in [""] + SuiteFile.folders {
      guard mkdir("\(folder)/\(name)", 0o777) == 0 else { throw failure("it cannot be made") }
    }
    for file in files { try WholeFile("\(folder)/\(file.name)").write(file.bytes) }
    for name in [""] + SuiteFile.folders {
      let descriptor = try open("\(folder)/\(name)")
      defer { close(descriptor) }
      guard fsync(descriptor) == 0 || errno == EINVAL else { throw failure("it cannot be synced") }
    }
  }

  /// Removes a draft; nothing else has such a name.
  private func remove(_ draft: String) throws {
    guard Self.kind(of: draft) != nil else { return }
    do {
      try FileManager.default.removeItem(atPath: draft)
    } catch {
      throw Failure("\(draft), which a save has left, cannot be removed. Remove it.")
    }
  }

  private func open(_ folder: String) throws -> CInt {
    let descriptor = Foundation.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("\(folder) cannot be opened") }
    return descriptor
  }

  private func failure(_ what: String) -> Failure {
    Failure("\(path): \(what): \(String(cString: strerror(errno))). Name another folder.")
  }
}

/// Folders that take each other's places.
enum FolderSwap {
  private typealias Rename =
    @convention(c) (
      CInt, UnsafePointer<CChar>, CInt, UnsafePointer<CChar>, CUnsignedInt
    ) -> CInt

  private static let exchanging: CUnsignedInt = 2

  /// Gives two folders each other's names at once.
  ///
  /// Where the file system cannot do that, there is a moment in which neither has the second name.
  ///
  /// - Throws: `Failure` where that fails; both have their own names then.
  static func exchange(_ draft: String, _ target: String) throws {
    // Foundation's headers hide the function.
    if let found = dlsym(nil, "renameat2") {
      let rename = unsafeBitCast(found, to: Rename.self)
      if rename(AT_FDCWD, draft, AT_FDCWD, target, exchanging) == 0 { return }
    }
    let former = draft + ".former"
    try move(target, to: former)
    do {
      try move(draft, to: target)
    } catch {
      try move(former, to: target)
      throw error
    }
    try move(former, to: draft)
  }

  /// Gives a folder another name, which none has.
  static func move(_ folder: String, to name: String) throws {
    guard rename(folder, name) == 0 else {
      throw Failure("\(name) cannot be written: \(String(cString: strerror(errno))).")
    }
  }
}
