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
    // A name is one byte of the file; 62 bits of a hash do not meet by chance.
    let hash = SHA256.hash(data: name).prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    var lock = Glibc.flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = off_t(hash >> 2)
    lock.l_len = 1
    // The lock belongs to the open file rather than to the process (F_OFD_SETLK), so that closing
    // another file of claims does not let it go.
    guard fcntl(descriptor, 37, &lock) == 0 else {
      let reason = errno
      guard reason == EAGAIN || reason == EACCES else {
        throw EventLogError.cannotOpen(path: path, reason: String(cString: strerror(reason)))
      }
      return nil
    }
  }

  deinit { close(descriptor) }
}
