internal import Foundation
internal import Glibc
internal import Synchronization
internal import Values

/// Where results and messages go: results to standard output, messages to standard error.
enum Output {
  /// Writes a line of the result.
  static func line(_ text: String) {
    write(Array(text.utf8) + [0x0A])
  }

  /// Writes a result as one line of JSON.
  static func json(_ object: Object) {
    write(JSON.serialize(.object(object)) + [0x0A])
  }

  /// Writes bytes of the result as they are, and a line feed.
  static func bytes(_ bytes: [UInt8]) {
    write(bytes + [0x0A])
  }

  /// Writes a message, apart from the results.
  static func message(_ text: String) {
    pending.withLock { pending in
      flush(&pending)
      FileHandle.standardError.write(Data((text + "\n").utf8))
    }
  }

  /// Takes the places of standard streams that were closed, so that no file of a store gets them, and
  /// a result is written into it.
  static func guardStandardStreams() {
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
    where fcntl(descriptor, F_GETFD) == -1 {
      // The lowest free number is given out, which is this one; reading and writing it fails.
      _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  // Results are gathered and written in large pieces; the program ends by `flush`. Many threads write
  // while a server runs.
  private static let pending = Mutex<[UInt8]>([])

  private static func write(_ bytes: [UInt8]) {
    pending.withLock { pending in
      pending += bytes
      // More than most slices of the log give: whoever reads slowly must not hold up a snapshot of it.
      if pending.count > 8 << 20 { flush(&pending) }
    }
  }

  /// Writes what was gathered.
  ///
  /// A reader that has gone away ends the program quietly; where nothing more can be written, it ends
  /// with a message, since half a result must not look like all of it.
  static func flush() {
    pending.withLock { flush(&$0) }
  }

  private static func flush(_ pending: inout [UInt8]) {
    defer { pending.removeAll(keepingCapacity: true) }
    pending.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let written = Glibc.write(
          STDOUT_FILENO,
          UnsafeRawBufferPointer(rebasing: rest).baseAddress,
          rest.count
        )
        if written >= 0 {
          rest = rest.dropFirst(written)
        } else if errno != EINTR {
          end(errno)
        }
      }
    }
  }

  private static func end(_ code: CInt) -> Never {
    guard code != EPIPE else { exit(0) }
    let reason = String(cString: strerror(code))
    let message =
      "auditcli: standard output cannot be written: \(reason). The result is cut short.\n"
    FileHandle.standardError.write(Data(message.utf8))
    exit(ExitStatus.couldNot.rawValue)
  }
}
