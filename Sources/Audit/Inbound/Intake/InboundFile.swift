internal import Glibc

/// A file that events are read from, or standard input; closed when it goes away.
final class InboundFile {
  /// The name given; `-` is standard input.
  let name: String
  /// How long the file is, where that is known.
  let size: Int?
  private let descriptor: CInt

  init(_ name: String) throws(IngestError) {
    self.name = name
    descriptor = name == "-" ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw .cannotRead(file: name, reason: String(cString: strerror(errno)))
    }
    var status = stat()
    let isRegular = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    size = isRegular ? Int(status.st_size) : nil
    if isRegular { posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL) }
  }

  deinit {
    if name != "-", descriptor >= 0 { close(descriptor) }
  }

  /// Reads what there is, at most as much as fits; 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(IngestError) -> Int {
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      guard errno == EINTR else {
        throw .cannotRead(file: name, reason: String(cString: strerror(errno)))
      }
    }
  }
}

extension InboundFile {
  /// The summed length of the files, or nil where one of them is no file on disk.
  static func totalSize(of names: [String]) -> Int? {
    var total = 0
    for name in names {
      var status = stat()
      guard name != "-", stat(name, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
        return nil
      }
      total += Int(status.st_size)
    }
    return total
  }
}
