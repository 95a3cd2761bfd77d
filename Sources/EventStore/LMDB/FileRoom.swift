internal import CLMDB
internal import Glibc

/// Keeps room at the end of the data file for the pages of small commits to come.
///
/// A commit that lengthens the file makes the file system write down where the new blocks are, and wait for that, beside
/// the pages themselves. So a process that commits little by little has zeros written there now and then, which later
/// commits write over. Nothing reads them: the meta pages tell how far the file is in use.
struct FileRoom: ~Copyable {
  /// So many commits are made by a process before there is room for more of them.
  private static let patience = 16
  /// Room is made where there is less than this; a commit that takes more is not a small one.
  private static let least = 64 << 10
  /// How many bytes are written at once, some dozens of small commits' pages.
  private static let length = 256 << 10

  private var commits = 0
  /// How many bytes were in use before the commit before this one.
  private var used = 0
  /// Whether room could not be made, so that no more is tried.
  private var isRefused = false

  /// Makes room where there is little; asked once in each write transaction, before it is committed.
  ///
  /// While the transaction lasts, nobody else lengthens the file. A disk without room for zeros may still have some for the
  /// pages of the commit, which tells by itself if not.
  mutating func make(
    in environment: Environment,
    _ transaction: borrowing WriteTransaction
  ) throws(LMDBError) {
    commits += 1
    guard commits > Self.patience, !isRefused else { return }
    let pages = try environment.pages()
    let last = used
    used = pages.used * pages.pageSize
    guard last > 0, used - last < Self.least else { return }
    let descriptor = try environment.descriptor()
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return }
    let size = Int(status.st_size)
    guard size - used < Self.least, size + Self.length <= pages.mapSize else { return }
    let zeros = [UInt8](repeating: 0, count: Self.length)
    isRefused = pwrite(descriptor, zeros, zeros.count, off_t(size)) != zeros.count
  }
}
