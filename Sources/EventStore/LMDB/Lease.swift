internal import Glibc

/// A lock on `DIR/lease` that tells who has a store open.
///
/// Whoever opens a store shares the lease; what replaces the file takes it alone or not at all. The
/// lock belongs to the open file and falls with the process, however it ends.
final class Lease {
  private let descriptor: CInt

  /// How the lease is held.
  enum Kind {
    case shared
    case exclusive
  }

  /// Takes the lease without waiting.
  ///
  /// - Throws: `EventLogError.leaseHeld` where another process holds it the other way.
  init(folder: String, _ kind: Kind) throws {
    let path = folder + "/lease"
    var opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
    // A file of another user can be locked all the same.
    if opened < 0, errno == EACCES { opened = open(path, O_RDONLY | O_CLOEXEC) }
    descriptor = opened
    guard descriptor >= 0 else {
      throw EventLogError.cannotOpen(path: path, reason: String(cString: strerror(errno)))
    }
    guard flock(descriptor, (kind == .shared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0 else {
      let reason = errno
      close(descriptor)
      guard reason == EWOULDBLOCK else {
        throw EventLogError.cannotOpen(path: path, reason: String(cString: strerror(reason)))
      }
      throw EventLogError.leaseHeld(path: folder, kind: kind == .shared ? "opened" : "replaced")
    }
  }

  deinit { close(descriptor) }
}
