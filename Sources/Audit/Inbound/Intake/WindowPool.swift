internal import Synchronization

/// The memory of windows that are done with, for those to come.
///
/// Fresh memory costs a page fault for every 4 KiB, which is more than reading a file into it does.
final class WindowPool: Sendable {
  private let idle = Mutex<[Storage]>([])

  /// Memory on its way from one window to the next, written by one of them at a time.
  private struct Storage: @unchecked Sendable {
    let bytes: UnsafeMutableRawBufferPointer
  }

  deinit {
    idle.withLock { $0.forEach { $0.bytes.deallocate() } }
  }

  /// Memory of exactly `byteCount` bytes, with anything in it.
  func take(_ byteCount: Int) -> UnsafeMutableRawBufferPointer {
    let found = idle.withLock { idle -> Storage? in
      guard let index = idle.firstIndex(where: { $0.bytes.count == byteCount }) else { return nil }
      return idle.remove(at: index)
    }
    return found?.bytes ?? .allocate(byteCount: byteCount, alignment: 64)
  }

  /// Takes memory back that came from here.
  func giveBack(_ bytes: UnsafeMutableRawBufferPointer) {
    let storage = Storage(bytes: bytes)
    idle.withLock { $0.append(storage) }
  }
}
