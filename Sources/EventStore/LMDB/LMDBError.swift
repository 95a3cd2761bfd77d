internal import Glibc
internal import CLMDB

/// A status other than success from LMDB or the operating system below it.
public struct LMDBError: Error, Hashable, CustomStringConvertible {
  /// LMDB's own code (negative) or an `errno` (positive).
  public let code: CInt
  /// The C function that returned it.
  public let function: String

  /// Whether it tells of pages that are not as they were written, rather than of limits or the system.
  public var isDamage: Bool {
    let limits = [
      MDB_MAP_FULL, MDB_MAP_RESIZED, MDB_READERS_FULL, MDB_DBS_FULL, MDB_TLS_FULL, MDB_TXN_FULL,
      MDB_VERSION_MISMATCH,
    ]
    return code < 0 && !limits.contains(code)
  }

  /// LMDB's words for the code, the function, and what to do where that is known.
  public var description: String {
    guard let remedy else { return "\(function): \(text)" }
    return "\(function): \(text). \(remedy)"
  }

  /// LMDB's words for the code.
  public var text: String { String(cString: mdb_strerror(code)) }

  private var remedy: String? {
    switch code {
    case MDB_MAP_FULL: "This process may map no more of the file; raise its limit (ulimit -v)."
    case MDB_MAP_RESIZED: "The log has grown beyond what was mapped; do it again."
    case MDB_READERS_FULL: "Too many readers; close other programs on this store."
    case MDB_INVALID, MDB_VERSION_MISMATCH: "The file is no store of this program."
    case MDB_CORRUPTED, MDB_PAGE_NOTFOUND: "The file is damaged; run `auditcli verify`."
    case ENOSPC, EDQUOT: "Free some disk space."
    // LMDB's word also for a write that was cut short.
    case EIO: "The disk is full or failing."
    case EACCES, EROFS: "The folder cannot be written by this user."
    default: nil
    }
  }
}

/// Throws unless `status` is success.
///
/// Every LMDB call of the module passes through here, so no status is ever dropped.
func check(_ status: CInt, _ function: String) throws(LMDBError) {
  guard status == MDB_SUCCESS else { throw LMDBError(code: status, function: function) }
}
