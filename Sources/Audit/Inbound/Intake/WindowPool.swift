internal import Synchronization

/// The memory of windows that are done with, for those to come.
///
/// Windows of other than the usual size are for documents that are long; their memory is freed at once.
///
/// Fresh memory costs a page fault for every 4 KiB, which is more than reading a file into it does.
final class WindowPool: Sendable {
  private let usual: Int
  private let idle = Mutex<[Storage]>([])

  /// Memory on its way from one window to the next, written by one of them at a time.
  private struct Storage: @unchecked Sendable {
    let bytes: UnsafeMutableRawBufferPointer
  }

  /// Makes a pool that keeps memory of `usual` bytes.
  init(keeping usual: Int) {
    self.usual = usual
  }

  deinit {
    idle.withLock { $0.forEach { $0.bytes.deallocate() } }
  }

  /// Memory of exactly `byteCount` bytes, with anything in it.
  func take(_ byteCount: Int) -> UnsafeMutableRawBufferPointer {
    let found = byteCount == usual ? idle.withLock { $0.popLast() } : nil
    return found?.bytes ?? .allocate(byteCount: byteCount, alignment: 64)
  }

  /// Takes memory back that came from here.
  func giveBack(_ bytes: UnsafeMutableRawBufferPointer) {
    guard bytes.count == usual else { return bytes.deallocate() }
    let storage = Storage(bytes: bytes)
    idle.withLock { $0.append(storage) }
  }
}
