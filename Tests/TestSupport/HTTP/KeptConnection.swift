internal import Foundation
internal import Glibc

/// A connection to a port of this machine that takes many requests, byte by byte as a test wants them.
///
/// One thread may send while another reads.
public final class KeptConnection: @unchecked Sendable {
  private let descriptor: CInt
  private var received: [UInt8] = []

  /// An answer.
  public struct Answer: Hashable, Sendable {
    /// Its status.
    public let status: Int
    /// Its body.
    public let body: [UInt8]
  }

  /// Connects to a port.
  ///
  /// - Throws: `POSIXError` where it cannot be reached.
  public init(port: Int) throws {
    descriptor = try HTTPExchange.connect(port: port)
    // What is sent in pieces comes in pieces.
    var flag: CInt = 1
    setsockopt(
      descriptor,
      CInt(IPPROTO_TCP),
      TCP_NODELAY,
      &flag,
      socklen_t(MemoryLayout<CInt>.size)
    )
  }

  /// Connects over TLS to a port of this machine, whose certificate is in a file.
  ///
  /// - Throws: `POSIXError`, or Foundation's error where `openssl` cannot be started.
  public init(port: Int, trusting certificate: String) throws {
    var ends: [CInt] = [0, 0]
    guard socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, &ends) == 0 else {
      throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
    }
    descriptor = ends[0]
    // The client must not keep this end open when it is closed here.
    _ = fcntl(ends[0], F_SETFD, FD_CLOEXEC)
    let other = FileHandle(fileDescriptor: ends[1], closeOnDealloc: true)
    let client = Process()
    client.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
    client.arguments = [
      "s_client", "-quiet", "-verify_return_error", "-CAfile", certificate, "-verify_ip",
      "127.0.0.1",
      "-connect", "127.0.0.1:\(port)",
    ]
    client.standardInput = other
    client.standardOutput = other
    client.standardError = FileHandle.nullDevice
    try client.run()
    try other.close()
  }

  deinit { Glibc.close(descriptor) }

  /// Sends bytes; whoever does not take them is found out by the answer.
  public func send(_ bytes: some Collection<UInt8>) {
    var rest = Array(bytes)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// Tells that no more is sent; answers are still read.
  public func endSending() { shutdown(descriptor, CInt(SHUT_WR)) }

  /// The next answer; nil where the connection ends before it.
  public func answer() -> Answer? {
    while true {
      if let (answer, length) = Self.answer(in: received) {
        received.removeFirst(length)
        return answer
      }
      var buffer = [UInt8](repeating: 0, count: 64 << 10)
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { return nil }
      received += buffer[..<count]
    }
  }

  private static func answer(in bytes: [UInt8]) -> (Answer, length: Int)? {
    guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
    let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
      .components(separatedBy: "\r\n")
    let status = lines[0].split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    let field = lines.first { $0.lowercased().hasPrefix("content-length:") }
    let count = field.flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) } ?? 0
    guard bytes.count >= end.upperBound + count else { return nil }
    let body = Array(bytes[end.upperBound..<end.upperBound + count])
    return (Answer(status: status, body: body), end.upperBound + count)
  }
}
