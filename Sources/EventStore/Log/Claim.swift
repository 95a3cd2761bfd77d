internal import Crypto
internal import Glibc

/// This process's claim to something that one process at a time does, such as running an execution.
///
/// It falls when it is let go or when the process ends, however it ends; nothing is left behind.
public final class Claim: Sendable {
  private let descriptor: CInt

  /// Claims a name in a store without waiting; nil where somebody else has claimed it.
  ///
  /// - Throws: `EventLogError.cannotOpen` where the file of claims cannot be written.
  public init?(_ name: [UInt8], in log: EventLog) throws(EventLogError) {
    let path = log.path + "/claims"
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
    guard descriptor >= 0 else {
      throw EventLogError.cannotOpen(path: path, reason: String(cString: strerror(errno)))
    }
    var lock = Self.lock(name)
    guard fcntl(descriptor, Self.setLock, &lock) == 0 else {
      let reason = errno
      guard reason == EAGAIN || reason == EACCES else {
        throw EventLogError.cannotOpen(path: path, reason: String(cString: strerror(reason)))
      }
      return nil
    }
  }

  deinit { close(descriptor) }

  /// Whether somebody has claimed a name; nobody is held up by asking.
  ///
  /// - Throws: `EventLogError.cannotOpen` where the file of claims cannot be read.
  public static func isHeld(_ name: [UInt8], in log: EventLog) throws(EventLogError) -> Bool {
    let path = log.path + "/claims"
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      guard errno != ENOENT else { return false }
      throw EventLogError.cannotOpen(path: path, reason: String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    var lock = lock(name)
    guard fcntl(descriptor, getLock, &lock) == 0 else {
      throw EventLogError.cannotOpen(path: path, reason: String(cString: strerror(errno)))
    }
    return lock.l_type != Int16(F_UNLCK)
  }

  // The locks belong to the open file rather than to the process (F_OFD_GETLK, F_OFD_SETLK), so that
  // closing another file of claims does not let them go.
  private static let getLock: CInt = 36
  private static let setLock: CInt = 37

  /// A name is one byte of the file; 62 bits of a hash do not meet by chance.
  private static func lock(_ name: [UInt8]) -> Glibc.flock {
    let hash = SHA256.hash(data: name).prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    var lock = Glibc.flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = off_t(hash >> 2)
    lock.l_len = 1
    return lock
  }
}
