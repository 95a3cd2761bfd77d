internal import Glibc
internal import Synchronization

/// Which folders this process has an environment open in.
///
/// LMDB's locks belong to the process: opening a file twice silently breaks them, so the second
/// opening is refused. Folders are told apart by device and inode, so a link is no way around.
enum EnvironmentRegistry {
  private static let open = Mutex<Set<FolderIdentity>>([])

  /// A folder, whatever path leads to it.
  private struct FolderIdentity: Hashable, Sendable {
    let device: UInt64
    let inode: UInt64
  }

  /// A folder that belongs to one environment until the claim goes away.
  final class Claim: Sendable {
    private let identity: FolderIdentity

    /// Claims the folder for one environment.
    ///
    /// - Throws: `EventLogError.alreadyOpen` while another environment of this process has it.
    init(_ path: String) throws {
      var status = stat()
      guard stat(path, &status) == 0 else {
        throw EventLogError.cannotOpen(path: path, reason: String(cString: strerror(errno)))
      }
      let found = FolderIdentity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
      guard open.withLock({ $0.insert(found).inserted }) else {
        throw EventLogError.alreadyOpen(path: path)
      }
      identity = found
    }

    deinit { _ = open.withLock { $0.remove(identity) } }
  }
}
